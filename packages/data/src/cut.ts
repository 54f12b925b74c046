import type { Dataset } from "./dataset.js";
import { naturalOrder, shuffledOrder } from "./order.js";
import type { SplittableRandom } from "./splittable-random.js";

/** How a dataset is cut into batches. */
export interface BatchesOptions {
  /** Examples a batch (of each task, when tasks are stacked); 1 or more. */
  readonly size: number;
  /** Whether every epoch visits the examples in a new order. Default: true, but for streams. */
  readonly shuffle?: boolean;
  /** Where the orders come from; needed to shuffle. Epoch n uses `random.split("epoch n")` alone. */
  readonly random?: SplittableRandom;
  /**
   * What becomes of the last examples of an epoch when `size` does not divide the dataset: left out
   * until the next epoch (`drop`, the default, for training) or given as a smaller batch (`keep`).
   */
  readonly partial?: "drop" | "keep";
}

/** What a cursor goes by: {@link BatchesOptions}, checked and fitted to a dataset. */
export interface Cut {
  /** Examples a batch: at most the whole dataset. */
  readonly size: number;
  /** Fewer examples than this end an epoch. */
  readonly least: number;
  /** The order of an epoch; the same array again when it is the natural one. */
  orderOf(epoch: number): Int32Array;
}

/** Checks `options` on behalf of `caller` and fits them to `dataset`. */
export function planCut(caller: string, dataset: Dataset, options: BatchesOptions): Cut {
  const { streams } = dataset;
  const { size, shuffle = streams === undefined, random, partial = "drop" } = options;
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(`${caller}: size must be a positive integer; got ${size}.`);
  }
  if (!(dataset.size >= 1)) {
    throw new RangeError(
      `${caller}: the dataset must hold at least one example; ${dataset.name} holds ${dataset.size}.`,
    );
  }
  if (streams !== undefined && (size !== streams || shuffle)) {
    throw new RangeError(
      `${caller}: the ${streams} streams of ${dataset.name} must be read in order, ${streams} at a time; got ${shuffle ? "shuffle: true" : `size ${size}`}. Set size to the number of streams and leave shuffle out.`,
    );
  }
  if (partial !== "drop" && partial !== "keep") {
    throw new RangeError(`${caller}: partial must be "drop" or "keep"; got ${partial}.`);
  }
  if (shuffle && random === undefined) {
    throw new TypeError(
      `${caller}: shuffling needs random; give a seeded source, or shuffle: false for the natural order.`,
    );
  }
  const everything = size >= dataset.size;
  const step = everything ? dataset.size : size;
  return {
    size: step,
    least: partial === "keep" && !everything ? 1 : step,
    orderOf: orders(dataset.size, shuffle && !everything ? random : undefined),
  };
}

function orders(size: number, random: SplittableRandom | undefined): Cut["orderOf"] {
  if (random !== undefined) return (epoch) => shuffledOrder(size, random.split(`epoch ${epoch}`));
  const natural = naturalOrder(size);
  return () => natural;
}
