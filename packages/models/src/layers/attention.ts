import { dense } from "@muir/decompose";
import * as tf from "@tensorflow/tfjs-core";
import type { ParameterSpec } from "../architecture.js";
import { leCunNormal } from "./initial.js";

/** The projections of self-attention, all of which can be shared. */
export function attentionParameters(
  width: number,
): Record<"query" | "key" | "value", ParameterSpec> {
  const projection = { shape: [width, width], initial: leCunNormal(width), kind: dense };
  return { query: projection, key: projection, value: projection };
}

/** Where rows belong: sequences of the same length, one after another. */
export interface Sequences {
  readonly batch: number;
  readonly time: number;
}

/**
 * Self-attention with several heads, each step looking at itself and what came before (Vaswani et al.
 * 2017), before its output projection.
 *
 * @param x rows `[batch * time, width]`.
 */
export function causalAttention(
  x: tf.Tensor2D,
  { query, key, value }: Readonly<Record<string, tf.Tensor>>,
  { batch, time, heads }: Sequences & { readonly heads: number },
): tf.Tensor2D {
  const width = x.shape[1];
  const size = width / heads;
  const split = (projection: tf.Tensor) => {
    const rows = tf.matMul(x, projection as tf.Tensor2D);
    return tf.transpose(tf.reshape(rows, [batch, time, heads, size]), [0, 2, 1, 3]);
  };
  const matches = tf.matMul(split(query!), split(key!), false, true); // [batch, heads, time, time]
  const beliefs = tf.softmax(tf.add(tf.mul(matches, 1 / Math.sqrt(size)), mask(time)));
  const found = tf.transpose(tf.matMul(beliefs, split(value!)), [0, 2, 1, 3]);
  return tf.reshape(found, [batch * time, width]);
}

/** Added to what a step (row) finds at another (column): nothing, or so little that it counts for nothing. */
function mask(time: number): tf.Tensor2D {
  const values = Float32Array.from({ length: time * time }, (_, index) =>
    index % time > Math.floor(index / time) ? -1e9 : 0,
  );
  return tf.tensor2d(values, [time, time]);
}
