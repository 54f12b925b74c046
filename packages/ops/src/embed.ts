import * as tf from "@tensorflow/tfjs-core";
import { requireIndices } from "./require-indices.js";
import { requireShapes } from "./require-shapes.js";
import { withGradient } from "./with-gradient.js";

/**
 * Looks up the row of each token: rows of `table` by `tokens` of any shape.
 *
 * Differentiable in the table. `tf.gather` is so as well, but its gradient needs a segment sum that
 * some backends lack and that takes time proportional to the table times the tokens on cpu; this
 * one takes time proportional to their sum.
 *
 * @param table `[V, D]`: one row for each of V tokens.
 * @param tokens int32, from 0 to V - 1.
 * @returns `[...tokens.shape, D]`.
 * @throws {RangeError} if the table is no matrix or a token has no row. Tokens are checked on backends
 *   whose numbers lie on the host (cpu, wasm).
 * @throws {TypeError} if tokens are not int32.
 */
export function embed(table: tf.Tensor2D, tokens: tf.Tensor): tf.Tensor {
  requireShapes("embed", { table }, { table: ["V", "D"] });
  const [rows, width] = table.shape;
  requireIndices("embed", tokens, { name: "tokens", below: rows });
  return tf.tidy(() => {
    const flat = tf.reshape(tokens, [-1]) as tf.Tensor1D;
    const found = withGradient(tf.gather(table, flat), {
      inputs: [table],
      saved: [flat],
      gradient: (values, [tokens]) => [
        sumRows(values as tf.Tensor2D, { tokens: tokens as tf.Tensor1D, rows }),
      ],
    });
    return tf.reshape(found, [...tokens.shape, width]);
  });
}

/** Adds each row of `values` to the row of the result that its token names. */
function sumRows(
  values: tf.Tensor2D,
  { tokens, rows }: { tokens: tf.Tensor1D; rows: number },
): tf.Tensor {
  const backend = tf.getBackend();
  // on cpu a segment sum goes over all values once for each row
  if (backend !== "cpu" && tf.getKernel("UnsortedSegmentSum", backend) != null) {
    return tf.unsortedSegmentSum(values, tokens, rows);
  }
  return tf.scatterND(tf.expandDims(tokens, 1), values, [rows, values.shape[1]]);
}
