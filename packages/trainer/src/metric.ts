import * as tf from "@tensorflow/tfjs-core";

/** What a task is judged by. Sums that can be added up over batches, and a number made from them. */
export interface Metric {
  readonly name: string;
  /** The sums of one batch, `[tasks, sums]`. */
  sums(outputs: tf.Tensor, targets: tf.Tensor, tasks: number): tf.Tensor2D;
  /** The metric, from the sums over all batches. */
  value(sums: ArrayLike<number>): number;
}

/** Root mean squared error, in the units of the targets. */
export const rootMeanSquaredError: Metric = {
  name: "rmse",
  sums: (outputs, targets, tasks) =>
    tf.tidy(() => {
      const errors = tf.reshape(tf.squaredDifference(outputs, targets), [tasks, -1]);
      const squares = tf.sum(errors, 1, true);
      return tf.concat([squares, tf.fill([tasks, 1], errors.shape[1]!)], 1) as tf.Tensor2D;
    }),
  value: (sums) => Math.sqrt(sums[0]! / sums[1]!),
};
