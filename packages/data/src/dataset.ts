/** Numbers with a shape, row-major. What a tensor is made from, without the tensor. */
export interface NumericArray {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array | Uint8Array;
}

/** What one training step of one task sees. */
export interface Batch {
  readonly inputs: NumericArray;
  readonly targets: NumericArray;
  /** Examples in this batch (per task, when several tasks are stacked). */
  readonly size: number;
  /**
   * Whether each example goes on where the same row of the batch before ended, as streams of text do:
   * a model with state carries it over. Absent or false: the state starts anew.
   */
  readonly continues?: boolean;
}

/**
 * Examples that can be fetched by number.
 *
 * A dataset of several stacked tasks (`tasks > 1`) gives arrays `[tasks, batch, ...]`; any other
 * gives `[batch, ...]`.
 */
export interface Dataset {
  readonly name: string;
  /** Number of examples (of each task, when several tasks are stacked). */
  readonly size: number;
  /** Tasks stacked side by side; 1 for an ordinary dataset. */
  readonly tasks: number;
  /** Shape of one example's inputs. */
  readonly inputShape: readonly number[];
  /** Shape of one example's targets. */
  readonly targetShape: readonly number[];
  /**
   * Inputs are whole numbers from 0 to `symbols - 1`: words of a vocabulary, bases of DNA. Absent where
   * they are other numbers, or nobody knows; a model that reads fewer symbols can then not be refused
   * before it meets one.
   */
  readonly symbols?: number;
  /** Targets are whole numbers from 0 to `classes - 1`: labels. Absent as {@link symbols} is. */
  readonly classes?: number;
  /**
   * Streams that are read side by side: example `i + streams` goes on where example `i` ended. Batches
   * then hold this many examples and follow in natural order. Absent: examples stand alone.
   */
  readonly streams?: number;
  /** Whether examples differ from epoch to epoch, as augmented images do. Default: false. */
  readonly augmented?: boolean;
  /**
   * The examples with these numbers, in this order.
   *
   * @param epoch what a dataset that augments may draw by, so that the same example, epoch and seed
   *   give the same numbers; others ignore it. Default: 0.
   */
  batch(indices: Int32Array, epoch?: number): Batch;
}

/** The three parts of a task's data. Nothing reads `test` before training has ended. */
export interface Splits {
  readonly train: Dataset;
  readonly validation: Dataset;
  readonly test: Dataset;
}
