import * as tf from "@tensorflow/tfjs-core";

/**
 * How many more tensors exist after `run` than before: those it returned and those it leaked.
 *
 * @throws {TypeError} if `run` returns a promise; its tensors would be counted before they exist.
 * @example
 * ```ts
 * countTensors(() => tf.tidy(() => tf.square(tf.scalar(2)))); // 1: the result
 * ```
 */
export function countTensors(run: () => unknown): number {
  const before = tf.memory().numTensors;
  if (run() instanceof Promise) {
    throw new TypeError(
      "countTensors: run must be synchronous; compare tf.memory().numTensors around an awaited call instead.",
    );
  }
  return tf.memory().numTensors - before;
}
