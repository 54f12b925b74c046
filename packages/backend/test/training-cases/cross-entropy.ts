import * as tf from "@tensorflow/tfjs-core";

/** The mean of softmax cross-entropy over examples whose right classes are told by number. */
export function crossEntropy(logits: tf.Tensor, classes: tf.Tensor): tf.Tensor {
  const right = tf.oneHot(classes as tf.Tensor1D, logits.shape.at(-1)!);
  return tf.losses.softmaxCrossEntropy(right, logits);
}
