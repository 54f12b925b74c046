import * as tf from "@tensorflow/tfjs-core";

/**
 * What `compute` returns, as a constant to differentiation: nothing it does is recorded, so no
 * gradient flows through it, and ops without one may take part.
 */
export function constant(compute: () => tf.Tensor): tf.Tensor {
  return tf.customGrad(() => ({ value: compute(), gradFunc: () => [] }))();
}

/** The same numbers as a tensor of its own. Unlike `tf.clone`, which copies them on wasm, it never does. */
export function alias(tensor: tf.Tensor): tf.Tensor {
  return tf.reshape(tensor, tensor.shape);
}
