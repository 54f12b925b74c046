import * as tf from "@tensorflow/tfjs-core";
import { alias } from "./constant.js";

/** How the gradient of a result is computed. */
interface Backward {
  /** What the result is a differentiable function of. */
  readonly inputs: readonly tf.Tensor[];
  /** What the backward pass needs of the forward pass. */
  readonly saved: readonly tf.Tensor[];
  /** From the result's gradient and what was saved, the gradient of each input. */
  readonly gradient: (upstream: tf.Tensor, saved: readonly tf.Tensor[]) => readonly tf.Tensor[];
}

/**
 * The result of a kernel that has no gradient, as an op that has one.
 *
 * The kernel runs before it, not inside, because it may give more than one tensor and TensorFlow.js
 * lets an op with a gradient of its own return one.
 */
export function withGradient<T extends tf.Tensor>(
  result: T,
  { inputs, saved, gradient }: Backward,
): T {
  const op = tf.customGrad((...given) => {
    const save = given.at(-1) as unknown as tf.GradSaveFunc; // tfjs appends it to the inputs
    save([...saved]);
    return {
      value: alias(result),
      gradFunc: (upstream: tf.Tensor, kept: tf.Tensor[]) => [...gradient(upstream, kept)],
    };
  });
  return op(...inputs) as T;
}
