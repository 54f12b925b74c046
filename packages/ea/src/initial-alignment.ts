import { checkPositiveInteger } from "./check.js";
import type { Random } from "./proposal.js";

/**
 * How a search starts.
 *
 * - `"disjoint"`: location l uses module l, so nothing is shared yet. Needs as many modules as
 *   locations (K = L in the paper).
 * - `"hierarchical"`: a location uses the module of its depth, so locations at the same depth of
 *   different models share from the start.
 * - `"random"`: every location draws its module uniformly.
 * - `"given"`: the caller's own, checked and copied.
 */
export type InitialStrategy = "disjoint" | "hierarchical" | "random" | "given";

/** What {@link initialAlignment} needs; each strategy reads only its own fields. */
export interface InitialAlignmentOptions {
  /** Locations L, at least 1. */
  readonly locations: number;
  /** Modules K, at least 1. */
  readonly modules: number;
  /** For `"random"`. */
  readonly random?: Random;
  /**
   * For `"hierarchical"`: the place of each location in the topological order of its own model,
   * from 0, `[L]`. Below `modules`.
   */
  readonly depths?: ArrayLike<number>;
  /** For `"given"`: a module for each location, `[L]`. */
  readonly alignment?: ArrayLike<number>;
}

/**
 * The alignment a search starts from: which module each location uses, `[L]`.
 *
 * @throws {RangeError} if the strategy is unknown, a count is not a positive integer, `"disjoint"`
 *   has fewer modules than locations, or `depths` or `alignment` have another length than
 *   `locations` or an entry that is no module.
 * @throws {TypeError} if the field that the strategy reads is missing.
 * @example
 * ```ts
 * initialAlignment("disjoint", { locations: 3, modules: 3 }); // Int32Array [0, 1, 2]
 * // two models, of three layers and of two
 * initialAlignment("hierarchical", { locations: 5, modules: 5, depths: [0, 1, 2, 0, 1] }); // Int32Array [0, 1, 2, 0, 1]
 * ```
 */
export function initialAlignment(
  strategy: InitialStrategy,
  options: InitialAlignmentOptions,
): Int32Array {
  const { locations, modules } = options;
  checkPositiveInteger("initialAlignment", "locations", locations);
  checkPositiveInteger("initialAlignment", "modules", modules);
  switch (strategy) {
    case "disjoint":
      return disjoint(locations, modules);
    case "hierarchical":
      return copyOf("depths", options.depths, options);
    case "random":
      return uniform(options.random, options);
    case "given":
      return copyOf("alignment", options.alignment, options);
    default:
      throw new RangeError(
        `initialAlignment: strategy must be "disjoint", "hierarchical", "random" or "given"; got ${JSON.stringify(strategy)}.`,
      );
  }
}

function disjoint(locations: number, modules: number): Int32Array {
  if (modules < locations) {
    throw new RangeError(
      `initialAlignment: "disjoint" needs a module for each of the ${locations} locations; got ${modules} modules. Raise modules, or start "random".`,
    );
  }
  return Int32Array.from({ length: locations }, (_, location) => location);
}

function uniform(
  random: Random | undefined,
  { locations, modules }: InitialAlignmentOptions,
): Int32Array {
  if (typeof random !== "function") {
    throw new TypeError(
      `initialAlignment: "random" needs the option random, a function; got ${typeof random}.`,
    );
  }
  const alignment = new Int32Array(locations);
  for (let location = 0; location < locations; location++) {
    alignment[location] = Math.floor(random() * modules);
  }
  return alignment;
}

function copyOf(
  name: "depths" | "alignment",
  source: ArrayLike<number> | undefined,
  { locations, modules }: InitialAlignmentOptions,
): Int32Array {
  const strategy = name === "depths" ? "hierarchical" : "given";
  if (source === undefined || source === null) {
    throw new TypeError(`initialAlignment: "${strategy}" needs the option ${name}; got ${source}.`);
  }
  if (source.length !== locations) {
    throw new RangeError(
      `initialAlignment: ${name} must have one entry for each of the ${locations} locations; got ${source.length}.`,
    );
  }
  const copy = new Int32Array(locations);
  for (let location = 0; location < locations; location++) {
    const module = source[location]!;
    if (!Number.isInteger(module) || module < 0 || module >= modules) {
      throw new RangeError(
        `initialAlignment: ${name} must hold integers from 0 to ${modules - 1}; got ${module} at location ${location}.`,
      );
    }
    copy[location] = module;
  }
  return copy;
}
