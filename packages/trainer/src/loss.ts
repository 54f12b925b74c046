import * as tf from "@tensorflow/tfjs-core";

/** What a task minimises. */
export interface Loss {
  readonly name: string;
  /**
   * The mean loss of each stacked task, `[tasks]`; `[1]` for an ordinary task.
   *
   * @param outputs what the architecture returned: `[tasks, batch, ...]`, or `[batch, ...]` for one.
   * @param targets the batch's targets, with the same leading axes.
   */
  of(outputs: tf.Tensor, targets: tf.Tensor, tasks: number): tf.Tensor1D;
}

/** The mean over examples and outputs of the squared error. */
export const meanSquaredError: Loss = {
  name: "meanSquaredError",
  of: (outputs, targets, tasks) =>
    tf.tidy(() => {
      const errors = tf.squaredDifference(outputs, targets);
      return tf.mean(tf.reshape(errors, [tasks, -1]), 1);
    }),
};
