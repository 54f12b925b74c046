import * as tf from "@tensorflow/tfjs-core";
import type { Loss } from "../loss.js";
import { numbersFor } from "../target-spec.js";

/** The mean over examples and outputs of the squared error. Targets are shaped like outputs. */
export const meanSquaredError: Loss = {
  name: "meanSquaredError",
  targets: numbersFor,
  of: (outputs, targets, tasks) =>
    tf.tidy(() => {
      const errors = tf.squaredDifference(outputs, targets);
      return tf.mean(tf.reshape(errors, [tasks, -1]), 1);
    }),
};
