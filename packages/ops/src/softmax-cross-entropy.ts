import * as tf from "@tensorflow/tfjs-core";
import { alias } from "./constant.js";
import { hasKernels, runKernel } from "./fused-kernel.js";
import { oneHot } from "./one-hot.js";
import { requireIndices } from "./require-indices.js";
import { requireShapes } from "./require-shapes.js";
import {
  SOFTMAX_CROSS_ENTROPY,
  type SoftmaxCrossEntropyAttributes,
  type SoftmaxCrossEntropyInputs,
} from "./softmax-cross-entropy-kernel.js";
import { withGradient } from "./with-gradient.js";

/**
 * The cross-entropy between softmax(logits) and the right labels, in nats: the mean over rows of
 * `-log softmax(logits)[label]`.
 *
 * Differentiable in the logits. Where the backend has {@link SOFTMAX_CROSS_ENTROPY}, nothing of the
 * size of the logits is made but their gradient, and that only while a gradient is being taken.
 *
 * @param logits `[N, V]` for N rows and V classes; or `[groups, N, V]`.
 * @param labels int32, `[N]` or `[groups, N]`: the right class of each row, from 0 to V - 1.
 * @returns the mean of each group, `[groups]`; `[1]` without groups.
 * @throws {RangeError} if shapes do not fit or a label is no class. Labels are checked on backends
 *   whose numbers lie on the host (cpu, wasm); on others a label that is no class counts as a loss
 *   of 0 without a gradient.
 * @throws {TypeError} if labels are not int32.
 * @example
 * ```ts
 * softmaxCrossEntropy(tf.zeros([2, 4]), tf.tensor1d([0, 3], "int32")); // [log 4]
 * ```
 */
export function softmaxCrossEntropy(logits: tf.Tensor, labels: tf.Tensor): tf.Tensor1D {
  const isGrouped = logits.rank === 3;
  const rowShape = logits.shape.slice(0, -1);
  requireShapes(
    "softmaxCrossEntropy",
    { logits, labels },
    { logits: isGrouped ? ["groups", "N", "V"] : ["N", "V"], labels: rowShape },
  );
  const classes = logits.shape.at(-1)!;
  requireIndices("softmaxCrossEntropy", labels, { name: "labels", below: classes });
  const groups = isGrouped ? logits.shape[0]! : 1;
  return tf.tidy(() => {
    const rows = tf.reshape(logits, [-1, classes]) as tf.Tensor2D;
    const rowLabels = tf.reshape(labels, [-1]) as tf.Tensor1D;
    return hasKernels(SOFTMAX_CROSS_ENTROPY)
      ? fused({ logits: rows, labels: rowLabels }, groups)
      : composed({ logits: rows, labels: rowLabels }, groups);
  });
}

function composed({ logits, labels }: SoftmaxCrossEntropyInputs, groups: number): tf.Tensor1D {
  // a mask rather than a gather, whose gradient some backends lack; chosen by rather than multiplied with, for
  // a class that is ruled out by a logit of -Infinity has a logarithm of -Infinity
  const isLabel = tf.cast(oneHot(labels, logits.shape[1]), "bool");
  const logarithms = tf.logSoftmax(logits);
  const logLikelihoods = tf.sum(tf.where(isLabel, logarithms, tf.zerosLike(logarithms)), 1);
  return tf.neg(tf.mean(tf.reshape(logLikelihoods, [groups, -1]), 1)) as tf.Tensor1D;
}

function fused(inputs: SoftmaxCrossEntropyInputs, groups: number): tf.Tensor1D {
  const isDifferentiated = tf.engine().state.gradientDepth > 0;
  const attributes: SoftmaxCrossEntropyAttributes = { groups, gradient: isDifferentiated };
  const [losses, gradient] = runKernel(SOFTMAX_CROSS_ENTROPY, inputs, attributes);
  return withGradient(losses as tf.Tensor1D, {
    inputs: [inputs.logits],
    saved: gradient ? [gradient] : [],
    gradient: (upstream, saved) => [scaled(saved[0]!, upstream)],
  });
}

/** The gradient `[rows, V]` times what comes from above for each group, `[groups]`. */
function scaled(gradient: tf.Tensor, upstream: tf.Tensor): tf.Tensor {
  // the usual case; and backends with this kernel have their numbers at hand
  if (upstream.dataSync().every((factor) => factor === 1)) return alias(gradient);
  const byGroup = tf.reshape(gradient, [upstream.size, -1]);
  return tf.reshape(tf.mul(byGroup, tf.reshape(upstream, [-1, 1])), gradient.shape);
}
