import type * as tf from "@tensorflow/tfjs-core";

/**
 * The name of the kernel that computes `softmaxCrossEntropy` where a backend has it: the loss and,
 * if it is asked for, its gradient in the same pass.
 *
 * It returns `[losses [groups]]` or, with `gradient`, `[losses [groups], gradient [rows, V]]`. Rows
 * of a group lie together, so that N = rows / groups; each loss is the mean over the rows of its
 * group of `-log softmax(logits)[label]`, and the gradient is (softmax(logits) - onehot(label)) / N.
 * It throws a `RangeError` for a label that is not one of the V.
 */
export const SOFTMAX_CROSS_ENTROPY = "MuirSoftmaxCrossEntropy";

/** Inputs of {@link SOFTMAX_CROSS_ENTROPY}: `logits [rows, V]` and `labels [rows]`, int32. */
export interface SoftmaxCrossEntropyInputs {
  readonly logits: tf.Tensor2D;
  readonly labels: tf.Tensor1D;
}

/** Attributes of {@link SOFTMAX_CROSS_ENTROPY}. */
export interface SoftmaxCrossEntropyAttributes {
  /** Groups of rows, each with a mean of its own; divides the number of rows. */
  readonly groups: number;
  /** Whether the gradient is computed, too. */
  readonly gradient: boolean;
}
