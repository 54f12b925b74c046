import { normal } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";

/**
 * The value of an op and its gradients with respect to `inputs`, when what comes from above is drawn
 * from `seed`; or the gradients of its sum, where no seed is given.
 */
export function valueAndGradients(
  op: (...inputs: tf.Tensor[]) => tf.Tensor,
  inputs: readonly tf.Tensor[],
  seed?: number,
): tf.Tensor[] {
  const value = op(...inputs);
  const upstream = seed === undefined ? tf.onesLike(value) : normal(value.shape, seed);
  const gradients = tf.grads((...given: tf.Tensor[]) => op(...given))([...inputs], upstream);
  return [value, ...gradients];
}
