import * as tf from "@tensorflow/tfjs-core";
import { requireShapes } from "./require-shapes.js";

/** What follows a normalization in the same op. */
export type Activation = "linear" | "relu";

/** Statistics and parameters of {@link normalize}, each `[C]`. */
export interface NormalizeOptions {
  readonly mean: tf.Tensor1D;
  readonly variance: tf.Tensor1D;
  /** gamma. */
  readonly scale: tf.Tensor1D;
  /** beta. */
  readonly offset: tf.Tensor1D;
  /** Added to the variance before the root is taken. 1e-5 unless told otherwise. */
  readonly epsilon?: number;
  /** `"linear"`, which is nothing, unless told otherwise. */
  readonly activation?: Activation;
}

/**
 * Normalization with statistics that are given: `scale (x - mean) / sqrt(variance + epsilon) +
 * offset` for each channel, then the activation. What `batchNormalize` becomes when a network is
 * evaluated, with running averages.
 *
 * Differentiable in every tensor.
 *
 * @param x `[..., C]`, channels last.
 * @throws {RangeError} if a tensor is not `[C]`, `epsilon` is negative or `activation` is no known name.
 */
export function normalize(
  x: tf.Tensor,
  { mean, variance, scale, offset, epsilon = 1e-5, activation = "linear" }: NormalizeOptions,
): tf.Tensor {
  checkNormalization("normalize", { epsilon, activation });
  const channels = [x.shape.at(-1) ?? "C"];
  requireShapes(
    "normalize",
    { mean, variance, scale, offset },
    { mean: channels, variance: channels, scale: channels, offset: channels },
  );
  return tf.tidy(() => {
    const slopes = tf.mul(scale, tf.rsqrt(tf.add(variance, epsilon)));
    const outputs = tf.add(tf.mul(tf.sub(x, mean), slopes), offset);
    return activation === "relu" ? tf.relu(outputs) : outputs;
  });
}

/** Checks what all normalizations have in common. */
export function checkNormalization(
  caller: string,
  { epsilon, activation }: { epsilon: number; activation: Activation },
): void {
  if (!(epsilon >= 0 && Number.isFinite(epsilon))) {
    throw new RangeError(`${caller}: epsilon must be 0 or more; got ${epsilon}.`);
  }
  if (activation !== "linear" && activation !== "relu") {
    throw new RangeError(
      `${caller}: activation must be "linear" or "relu"; got "${activation}". Apply another one to the outputs.`,
    );
  }
}
