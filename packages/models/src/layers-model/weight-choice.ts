import type { Shape } from "@muir/decompose";
import type { FoundWeight } from "./found-weights.js";
import { shapeOf } from "./layers-model-like.js";
import { nearestName } from "./nearest-name.js";

/** A weight of a model and where it stands. */
export interface ModelWeight {
  /** `dense_1.kernel`: its layer and what that calls it. The name of the parameter or state. */
  readonly name: string;
  /** `dense_1`, or `block.dense_1` in a model of that name inside the model. */
  readonly layer: string;
  /** The layer's class: `Dense`. */
  readonly type: string;
  /** `kernel`. */
  readonly weight: string;
  readonly shape: Shape;
}

/**
 * Weights, by the names of layers (of models and wrappers too, for all that is in them), or by a
 * function that is asked about each.
 */
export type WeightChoice = readonly string[] | ((weight: ModelWeight) => boolean);

/** What is told of a weight. */
export function modelWeight({ name, weight, found, variable }: FoundWeight): ModelWeight {
  return { name, layer: found.path, type: found.type, weight, shape: shapeOf(variable) };
}

/** Whether a weight is in a layer of that name, or in a layer inside it. */
export function isIn(layer: string, name: string): boolean {
  return layer === name || layer.startsWith(`${name}.`);
}

/** A choice as a function. */
export function chosenBy(choice: WeightChoice): (weight: ModelWeight) => boolean {
  if (typeof choice === "function") return choice;
  return ({ layer }) => choice.some((name) => isIn(layer, name));
}

/**
 * Checks that a choice names layers that there are.
 *
 * @throws {RangeError} naming the first that is none, and the nearest that is.
 */
export function checkChoice(
  choice: WeightChoice,
  { option, model, layers }: { option: string; model: string; layers: readonly string[] },
): void {
  if (typeof choice === "function") return;
  const stray = choice.find((name) => !layers.includes(name));
  if (stray === undefined) return;
  throw new RangeError(
    `fromLayersModel: ${option} must name layers of "${model}"; got "${stray}"${nearestName(stray, layers)}`,
  );
}
