import * as tf from "@tensorflow/tfjs-core";

/**
 * Logits of every word for each row: `rows embedding' + bias`, where the embedding has a row for each
 * word. It may be the one that words are read with (Press & Wolf 2017).
 *
 * One product into one tensor, since this is by far the largest of a language model; fused, so that
 * the bias costs no second one.
 */
export function wordLogits(
  rows: tf.Tensor2D,
  { embedding, bias }: { embedding: tf.Tensor; bias: tf.Tensor },
): tf.Tensor2D {
  return tf.fused.matMul({ a: rows, b: embedding, transposeB: true, bias }) as tf.Tensor2D;
}
