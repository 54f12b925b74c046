import * as tf from "@tensorflow/tfjs-core";
import type { BatchMetric } from "../metric.js";
import { labelsFor } from "../target-spec.js";
import { total } from "./total.js";

/**
 * How many rows, in percent, whose largest logit is not the label's; the first of several that are
 * equally large counts. Shapes are those of {@link crossEntropy}.
 */
export const errorPercent: BatchMetric = {
  name: "error %",
  better: "lower",
  targets: labelsFor,
  measure: (outputs, targets, tasks) =>
    tf.tidy(() => {
      const found = tf.argMax(outputs, -1);
      const wrong = tf.cast(tf.notEqual(found, targets), "float32");
      const errors = tf.sum(tf.reshape(wrong, [tasks, -1]), 1, true);
      return tf.concat([errors, tf.fill([tasks, 1], targets.size / tasks)], 1) as tf.Tensor2D;
    }),
  value: (batches) => (100 * total(batches, 0)) / total(batches, 1),
};
