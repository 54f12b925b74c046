import type { ParameterKind } from "@muir/decompose";
import type { Initializer } from "../architecture.js";
import type { FoundWeight } from "./found-weights.js";
import { initialOf } from "./initial-of.js";
import type { LayerKinds } from "./layer-kinds.js";
import {
  chosenBy,
  isIn,
  type ModelWeight,
  modelWeight,
  type WeightChoice,
} from "./weight-choice.js";

/** What becomes of a weight of a model. */
export interface WeightUse extends ModelWeight {
  /**
   * `shared`: a parameter that can be generated; `private`: a parameter of this task alone; `state`: not
   * trained, but handed on from batch to batch.
   */
  readonly use: "shared" | "private" | "state";
  /** Why, for people. */
  readonly why: string;
}

/** A weight's use, and what the architecture declares of it. */
export interface DecidedWeight {
  readonly found: FoundWeight;
  readonly use: WeightUse;
  /** Absent for state. */
  readonly initial?: Initializer;
  /** Where it is shared. */
  readonly kind?: ParameterKind;
}

/** Which weights may be shared, and how they are read. */
export interface SharingChoices {
  readonly kinds: LayerKinds;
  readonly include: WeightChoice | undefined;
  readonly exclude: WeightChoice;
}

/** Decides what becomes of each weight. */
export function decideUses(
  weights: readonly FoundWeight[],
  { kinds, include, exclude }: SharingChoices,
): DecidedWeight[] {
  const isIncluded = include === undefined ? () => true : chosenBy(include);
  const isExcluded = chosenBy(exclude);
  return weights.map((found) => {
    const weight = modelWeight(found);
    const { type, weight: called, shape } = weight;
    const decided = (use: WeightUse["use"], why: string) => ({ ...weight, use, why });
    if (!found.isTrained) return { found, use: decided("state", "not trained") };
    const initial = initialOf(found);
    const kept = (why: string) => ({ found, use: decided("private", why), initial });
    const kind = kinds[type]?.[called];
    if (kind === undefined) {
      return kept(shape.length < 2 ? "no matrix" : `no kind known for ${called} of ${type}`);
    }
    if (isExcluded(weight)) return kept("excluded");
    if (!isIncluded(weight)) return kept("not included");
    // what is generated starts random, around 0
    if ("constant" in initial) return kept(`starts constant, at ${initial.constant}`);
    if (initial.mean) return kept(`starts around ${initial.mean}, not around 0`);
    return { found, use: decided("shared", `read as ${kind.name || type}`), initial, kind };
  });
}

/**
 * Checks that every layer that is included by its name has something to share.
 *
 * @throws {RangeError} naming the first that has nothing, and why.
 */
export function checkIncluded(include: WeightChoice | undefined, uses: readonly WeightUse[]): void {
  if (include === undefined || typeof include === "function") return;
  for (const name of include) {
    const inside = uses.filter(({ layer }) => isIn(layer, name));
    if (inside.some(({ use }) => use === "shared")) continue;
    const reasons = inside.map(({ name, why }) => `${name}: ${why}`).join("; ");
    throw new RangeError(
      `fromLayersModel: include must name layers with weights to share; got "${name}" (${reasons || "no weights"}). Leave it out, or say in kinds how its weights are read.`,
    );
  }
}
