import * as tf from "@tensorflow/tfjs-core";

/** float32, `[...indices.shape, depth]`: 1 where an index points, 0 elsewhere. */
export function oneHot(indices: tf.Tensor, depth: number): tf.Tensor {
  // TensorFlow.js refuses a depth of 1
  if (depth === 1) return tf.ones([...indices.shape, 1]);
  // asked for float32, wasm writes the bits of integers
  return tf.cast(tf.oneHot(indices, depth), "float32");
}
