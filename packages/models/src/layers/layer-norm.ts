import * as tf from "@tensorflow/tfjs-core";
import type { ParameterSpec } from "../architecture.js";
import { one, zero } from "./initial.js";

/** The parameters of layer normalization: at first it only normalizes. */
export function layerNormParameters(width: number): Record<"scale" | "offset", ParameterSpec> {
  return {
    scale: { shape: [width], initial: one },
    offset: { shape: [width], initial: zero },
  };
}

/** Normalizes each row of `[rows, width]` on its own (Ba et al. 2016), then scales and shifts it. */
export function layerNorm(
  x: tf.Tensor2D,
  { scale, offset }: Readonly<Record<string, tf.Tensor>>,
): tf.Tensor2D {
  const centered = tf.sub(x, tf.mean(x, 1, true));
  const variance = tf.mean(tf.square(centered), 1, true);
  const normalized = tf.mul(centered, tf.rsqrt(tf.add(variance, 1e-5)));
  return tf.add(tf.mul(normalized, scale!), offset!);
}
