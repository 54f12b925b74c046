import type * as tf from "@tensorflow/tfjs-core";
import type { Candidates } from "./candidates.js";

/**
 * Names under which a backend may register fused kernels for {@link generateBlocks}. Where they
 * are registered they are used; elsewhere the op is composed of standard TensorFlow.js ops.
 */
export const GENERATE_BLOCKS = "MuirGenerateBlocks";
/** The name of the gradient's kernel; see {@link GENERATE_BLOCKS}. */
export const GENERATE_BLOCKS_GRADIENT = "MuirGenerateBlocksGradient";

/** Attributes of both kernels. Plain numbers: they are read on the host. */
export interface GenerateBlocksAttributes {
  readonly candidates: Candidates;
  readonly contextSize: number;
}

/**
 * Inputs of the forward kernel: `modules [K, max(c, 1), m, n]`, `contexts [L, c]` and
 * `softWeights [locations, lambda + 1]` (absent when no location has challengers). It returns
 * blocks `[L, m, n]`.
 */
export interface GenerateBlocksInputs {
  readonly modules: tf.Tensor4D;
  readonly contexts: tf.Tensor2D;
  readonly softWeights?: tf.Tensor2D;
}

/** The gradient kernel also takes `blocksGradient [L, m, n]`; it returns one gradient for each input, in their order. */
export interface GenerateBlocksGradientInputs extends GenerateBlocksInputs {
  readonly blocksGradient: tf.Tensor3D;
}
