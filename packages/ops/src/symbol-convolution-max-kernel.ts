import type * as tf from "@tensorflow/tfjs-core";

/**
 * The name of the kernel that computes `symbolConvolutionMax` where a backend has it and
 * {@link SYMBOL_CONVOLUTION_MAX_GRADIENT}. It takes no attributes.
 *
 * It returns `[scores [B, F], positions [B, F] int32]`: the maxima, and the first position that
 * attains each, or -1 where relu cut it off, that is where no position's sum is above zero.
 */
export const SYMBOL_CONVOLUTION_MAX = "MuirSymbolConvolutionMax";

/**
 * The name of the kernel that computes the gradient of `symbolConvolutionMax`.
 *
 * It returns the gradients `[table [W, S, F], bias [F]]`.
 */
export const SYMBOL_CONVOLUTION_MAX_GRADIENT = "MuirSymbolConvolutionMaxGradient";

/** Inputs of {@link SYMBOL_CONVOLUTION_MAX}: `symbols [B, T]` int32, `table [W, S, F]`, `bias [F]`. */
export interface SymbolConvolutionMaxInputs {
  readonly symbols: tf.Tensor2D;
  readonly table: tf.Tensor3D;
  readonly bias: tf.Tensor1D;
}

/** Inputs of {@link SYMBOL_CONVOLUTION_MAX_GRADIENT}. */
export interface SymbolConvolutionMaxGradientInputs {
  /** `[B, T]`, int32. */
  readonly symbols: tf.Tensor2D;
  /** As {@link SYMBOL_CONVOLUTION_MAX} returned them, `[B, F]`, int32. */
  readonly positions: tf.Tensor2D;
  /** Of the loss with respect to the scores, `[B, F]`. */
  readonly gradient: tf.Tensor2D;
}

/** Attributes of {@link SYMBOL_CONVOLUTION_MAX_GRADIENT}. */
export interface SymbolConvolutionMaxGradientAttributes {
  /** W, the symbols a filter sees at once. */
  readonly width: number;
  /** S, how many different symbols there are. */
  readonly alphabet: number;
}
