import type { FoundLayer } from "./found-layers.js";
import type { LayersModelLike, LayerVariableLike } from "./layers-model-like.js";

/** A weight of a model and where it stands. */
export interface FoundWeight {
  /** Its layer's path and its own name: `dense_1.kernel`. Each weight's is its own. */
  readonly name: string;
  /** What its layer calls it: `kernel`. */
  readonly weight: string;
  readonly found: FoundLayer;
  readonly variable: LayerVariableLike;
  /** Whether the model trains it: moving averages and frozen layers it does not. */
  readonly isTrained: boolean;
}

/** The weights of a model, each once, however often its layer is used, in the order of `layers`. */
export function foundWeights(model: LayersModelLike, layers: readonly FoundLayer[]): FoundWeight[] {
  const left = new Set(model.weights); // a wrapper's template may have weights that the model never uses
  const trained = new Set(model.trainableWeights);
  const names = new Set<string>();
  return layers.flatMap((found) =>
    found.layer.weights
      .filter((variable) => left.delete(variable))
      .map((variable) => {
        const weight = variable.originalName.split("/").at(-1)!;
        const name = unused(found.path === "" ? weight : `${found.path}.${weight}`, names);
        return { name, weight, found, variable, isTrained: trained.has(variable) };
      }),
  );
}

/** The name, or it with the first number that makes it new; then it is taken. */
function unused(name: string, taken: Set<string>): string {
  let free = name;
  for (let i = 2; taken.has(free); i++) free = `${name}${i}`;
  taken.add(free);
  return free;
}
