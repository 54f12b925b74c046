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
  /** The examples with these numbers, in this order. */
  batch(indices: Int32Array): Batch;
}

/** The three parts of a task's data. Nothing reads `test` before training has ended. */
export interface Splits {
  readonly train: Dataset;
  readonly validation: Dataset;
  readonly test: Dataset;
}
