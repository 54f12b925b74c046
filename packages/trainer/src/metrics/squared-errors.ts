import * as tf from "@tensorflow/tfjs-core";
import { numbersFor } from "../target-spec.js";
import { total } from "./total.js";

/** What metrics of squared errors share: the sum of squares and the count of each batch. */
export const squaredErrors = {
  better: "lower",
  targets: numbersFor,
  measure: (outputs: tf.Tensor, targets: tf.Tensor, tasks: number): tf.Tensor2D =>
    tf.tidy(() => {
      const errors = tf.reshape(tf.squaredDifference(outputs, targets), [tasks, -1]);
      const squares = tf.sum(errors, 1, true);
      return tf.concat([squares, tf.fill([tasks, 1], errors.shape[1]!)], 1) as tf.Tensor2D;
    }),
} as const;

/** The mean of the squares over all batches. */
export function meanSquare(batches: readonly ArrayLike<number>[]): number {
  return total(batches, 0) / total(batches, 1);
}
