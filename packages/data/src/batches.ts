import { type BatchesOptions, type Cut, planCut } from "./cut.js";
import type { Batch, Dataset } from "./dataset.js";

/** Where a cursor stands. Two integers, safe in JSON. */
export interface CursorState {
  /** The epoch of the last batch; 0 for the first. */
  readonly epoch: number;
  /** Examples of that epoch already given. */
  readonly position: number;
}

/** An endless sequence of batches, epoch after epoch. */
export interface Batches {
  /** The next batch. After the last one of an epoch, the first one of the next epoch. */
  next(): Batch;
  /** What {@link restoreBatches} needs to go on from here. */
  state(): CursorState;
}

/**
 * A cursor over `dataset` that gives one batch after another and starts a new epoch where one ends.
 *
 * When `size` reaches the dataset's, every batch is the whole dataset in natural order, and `next`
 * returns the same object each time, unless the dataset is augmented: whoever made tensors from it can
 * keep them.
 *
 * A dataset of streams is read in order, a window of every stream in each batch; `size` must be their
 * number, and it is not shuffled.
 *
 * @throws {RangeError} if `size` is not a positive integer or not the number of streams, if streams are
 *   to be shuffled, if the dataset is empty, or if `partial` is another word.
 * @throws {TypeError} if it should shuffle and has no `random`.
 * @example
 * ```ts
 * const cursor = batches(dataset, { size: 32, random: createRandom(7) }); // 80 examples
 * cursor.next().size; // 32
 * cursor.state(); // { epoch: 0, position: 32 }
 * ```
 */
export function batches(dataset: Dataset, options: BatchesOptions): Batches {
  return cursorFrom({ epoch: 0, position: 0 }, dataset, planCut("batches", dataset, options));
}

/**
 * The cursor that goes on where the one that gave `state` stood: with the same dataset, options and
 * seed, the same batches follow.
 *
 * A state holds no examples and no order, so it stays valid when the batch size changes (the number
 * of streams must stay).
 *
 * @throws {RangeError} if `state` does not lie within the dataset, and whatever {@link batches}
 *   throws.
 * @example
 * ```ts
 * const saved = JSON.stringify(cursor.state());
 * const again = restoreBatches(dataset, options, JSON.parse(saved));
 * again.next(); // the batch that cursor.next() gives
 * ```
 */
export function restoreBatches(
  dataset: Dataset,
  options: BatchesOptions,
  state: CursorState,
): Batches {
  const { epoch, position } = state;
  if (!Number.isInteger(epoch) || epoch < 0) {
    throw new RangeError(
      `restoreBatches: state.epoch must be an integer, 0 or more; got ${epoch}.`,
    );
  }
  if (!Number.isInteger(position) || position < 0 || position > dataset.size) {
    throw new RangeError(
      `restoreBatches: state.position must be an integer from 0 to the ${dataset.size} examples of ${dataset.name}; got ${position}. Restore it with the dataset it was saved for.`,
    );
  }
  const { streams = 1 } = dataset;
  if (position % streams !== 0) {
    throw new RangeError(
      `restoreBatches: state.position must be a multiple of the ${streams} streams of ${dataset.name}; got ${position}. Restore it with the streams it was saved for.`,
    );
  }
  return cursorFrom({ epoch, position }, dataset, planCut("restoreBatches", dataset, options));
}

function cursorFrom(start: CursorState, dataset: Dataset, { size, least, orderOf }: Cut): Batches {
  let { epoch, position } = start;
  let order: Int32Array | undefined;
  let everything: Batch | undefined;

  return {
    next() {
      if (dataset.size - position < least) {
        epoch += 1;
        position = 0;
        order = undefined;
      }
      order ??= orderOf(epoch);
      const end = Math.min(position + size, dataset.size);
      const batch = everything ?? dataset.batch(order.subarray(position, end), epoch);
      if (size === dataset.size && !dataset.augmented) everything = batch;
      position = end;
      return batch;
    },
    state: () => ({ epoch, position }),
  };
}
