import type * as tf from "@tensorflow/tfjs-core";

/**
 * The name of the kernel that computes `batchNormalize` where a backend has it and
 * {@link BATCH_NORM_GRADIENT}.
 *
 * It returns `[outputs, mean, variance]`: outputs of the shape of x, and over all axes but the last
 * the mean and the biased variance of x, both `[C]`.
 */
export const BATCH_NORM = "MuirBatchNorm";

/**
 * The name of the kernel that computes the gradient of `batchNormalize`.
 *
 * It returns the gradients `[x, scale, offset]`. Where relu cut an output off, which it works out
 * again from its inputs, nothing flows.
 */
export const BATCH_NORM_GRADIENT = "MuirBatchNormGradient";

/** Inputs of {@link BATCH_NORM}: `x [..., C]`, `scale [C]`, `offset [C]`. */
export interface BatchNormInputs {
  readonly x: tf.Tensor;
  readonly scale: tf.Tensor1D;
  readonly offset: tf.Tensor1D;
}

/** Inputs of {@link BATCH_NORM_GRADIENT}; `gradient` has the shape of x. */
export interface BatchNormGradientInputs extends BatchNormInputs {
  /** As {@link BATCH_NORM} returned them, `[C]`. */
  readonly mean: tf.Tensor1D;
  readonly variance: tf.Tensor1D;
  readonly gradient: tf.Tensor;
}

/** Attributes of both kernels. */
export interface BatchNormAttributes {
  /** Added to the variance before the root is taken. */
  readonly epsilon: number;
  /** Whether outputs are max(0, ...). */
  readonly relu: boolean;
}
