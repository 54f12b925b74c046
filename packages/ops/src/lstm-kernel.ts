import type * as tf from "@tensorflow/tfjs-core";

/**
 * The name of the kernel that computes `lstmSequence` where a backend has it and
 * {@link LSTM_GRADIENT}. It takes no attributes.
 *
 * It returns `[outputs [T, B, U], cells [T, B, U], gates [T, B, 4U]]`: h and c after each step, and
 * the gates i, f, g, o after their activations.
 */
export const LSTM = "MuirLstm";

/**
 * The name of the kernel that computes the gradient of `lstmSequence`. It takes no attributes.
 *
 * It returns the gradients `[x, kernel, recurrent, bias, hidden, cell]`.
 */
export const LSTM_GRADIENT = "MuirLstmGradient";

/**
 * Inputs of {@link LSTM}: `x [T, B, I]`, `kernel [I, 4U]`, `recurrent [U, 4U]`, `bias [4U]`,
 * `hidden [B, U]`, `cell [B, U]`.
 */
export interface LstmInputs {
  readonly x: tf.Tensor3D;
  readonly kernel: tf.Tensor2D;
  readonly recurrent: tf.Tensor2D;
  readonly bias: tf.Tensor1D;
  readonly hidden: tf.Tensor2D;
  readonly cell: tf.Tensor2D;
}

/** Inputs of {@link LSTM_GRADIENT}: those of {@link LSTM} but the bias, what it returned, and the gradient. */
export interface LstmGradientInputs extends Omit<LstmInputs, "bias"> {
  readonly outputs: tf.Tensor3D;
  readonly cells: tf.Tensor3D;
  readonly gates: tf.Tensor3D;
  /** Of the loss with respect to outputs, `[T, B, U]`. */
  readonly gradient: tf.Tensor3D;
}
