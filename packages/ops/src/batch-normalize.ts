import * as tf from "@tensorflow/tfjs-core";
import {
  BATCH_NORM,
  BATCH_NORM_GRADIENT,
  type BatchNormAttributes,
  type BatchNormGradientInputs,
  type BatchNormInputs,
} from "./batch-norm-kernel.js";
import { alias, constant } from "./constant.js";
import { hasKernels, runKernel } from "./fused-kernel.js";
import { type Activation, checkNormalization, normalize } from "./normalize.js";
import { requireShapes } from "./require-shapes.js";
import { withGradient } from "./with-gradient.js";

/** How {@link batchNormalize} scales and shifts what it has normalized. */
export interface BatchNormalizeOptions {
  /** gamma, `[C]`. */
  readonly scale: tf.Tensor1D;
  /** beta, `[C]`. */
  readonly offset: tf.Tensor1D;
  /** Added to the variance before the root is taken. 1e-5 unless told otherwise. */
  readonly epsilon?: number;
  /** What is done to the outputs in the same pass. `"linear"`, which is nothing, unless told otherwise. */
  readonly activation?: Activation;
}

/** What {@link batchNormalize} returns; the caller owns the tensors. */
export interface BatchNormalized {
  /** Of the shape of x. */
  readonly outputs: tf.Tensor;
  /** Mean of each channel over the batch, `[C]`. A constant to differentiation. */
  readonly mean: tf.Tensor1D;
  /** Variance of each channel over the batch, divided by the number of entries, `[C]`. A constant, too. */
  readonly variance: tf.Tensor1D;
}

/**
 * Batch normalization with the statistics of the batch (Ioffe & Szegedy 2015):
 * `scale (x - mean) / sqrt(variance + epsilon) + offset` for each channel, then the activation.
 *
 * Differentiable in x, scale and offset through `outputs`, statistics included. `mean` and
 * `variance` are for the caller's running averages: no gradient flows through them.
 *
 * @param x `[..., C]`, channels last.
 * @throws {RangeError} if scale or offset is not `[C]`, `epsilon` is negative or `activation` is no known name.
 */
export function batchNormalize(
  x: tf.Tensor,
  { scale, offset, epsilon = 1e-5, activation = "linear" }: BatchNormalizeOptions,
): BatchNormalized {
  checkNormalization("batchNormalize", { epsilon, activation });
  const channels = [x.shape.at(-1) ?? "C"];
  requireShapes("batchNormalize", { scale, offset }, { scale: channels, offset: channels });
  const attributes = { epsilon, relu: activation === "relu" };
  const inputs = { x, scale, offset };
  const isFused = hasKernels(BATCH_NORM, BATCH_NORM_GRADIENT);
  return tf.tidy(() => ({ ...(isFused ? fused : composed)(inputs, attributes) }));
}

function composed(
  { x, scale, offset }: BatchNormInputs,
  { epsilon, relu }: BatchNormAttributes,
): BatchNormalized {
  const rows = tf.reshape(x, [-1, x.shape.at(-1)!]);
  const mean = tf.mean(rows, 0) as tf.Tensor1D;
  const variance = tf.mean(tf.square(tf.sub(rows, mean)), 0) as tf.Tensor1D;
  const activation = relu ? "relu" : "linear";
  return {
    outputs: normalize(x, { mean, variance, scale, offset, epsilon, activation }),
    mean: constant(() => alias(mean)) as tf.Tensor1D,
    variance: constant(() => alias(variance)) as tf.Tensor1D,
  };
}

function fused(inputs: BatchNormInputs, attributes: BatchNormAttributes): BatchNormalized {
  const { x, scale, offset } = inputs;
  const [outputs, mean, variance] = runKernel(BATCH_NORM, inputs, attributes);
  return {
    outputs: withGradient(outputs!, {
      inputs: [x, scale, offset],
      saved: [x, scale, offset, mean!, variance!],
      gradient: (gradient, [x, scale, offset, mean, variance]) => {
        const again = { x, scale, offset, mean, variance, gradient } as BatchNormGradientInputs;
        return runKernel(BATCH_NORM_GRADIENT, again, attributes);
      },
    }),
    mean: constant(() => alias(mean!)) as tf.Tensor1D,
    variance: constant(() => alias(variance!)) as tf.Tensor1D,
  };
}
