import * as tf from "@tensorflow/tfjs-core";
import { constant } from "./constant.js";
import { hasKernels, runKernel } from "./fused-kernel.js";
import { oneHot } from "./one-hot.js";
import { requireIndices } from "./require-indices.js";
import { requireShapes } from "./require-shapes.js";
import {
  SYMBOL_CONVOLUTION_MAX,
  SYMBOL_CONVOLUTION_MAX_GRADIENT,
  type SymbolConvolutionMaxGradientAttributes,
  type SymbolConvolutionMaxGradientInputs,
  type SymbolConvolutionMaxInputs,
} from "./symbol-convolution-max-kernel.js";
import { withGradient } from "./with-gradient.js";

/** Filters of {@link symbolConvolutionMax}. */
export interface SymbolConvolutionMaxOptions {
  /** What each of S symbols at each of W places adds to each of F filters' sums, `[W, S, F]`. */
  readonly table: tf.Tensor3D;
  /** `[F]`. */
  readonly bias: tf.Tensor1D;
}

/**
 * How well each filter matches a sequence of symbols where it matches best:
 * `max over t of relu(bias_f + sum_w table[w, symbols[t + w], f])`, `[B, F]`.
 *
 * With `table[w, s] = embedding[s] filter[w]` it is an embedding, a convolution over every position
 * where the filter fits, relu and a global maximum, exactly. Where an alphabet is small the table is
 * too, and the convolution becomes additions.
 *
 * Differentiable in the table and the bias. The gradient of a maximum goes to the first position
 * that attains it, and none where the maximum is not above zero. Out of standard ops it takes
 * memory for several `[B, T - W + 1, F]`.
 *
 * @param symbols `[B, T]`, int32, from 0 to S - 1.
 * @throws {RangeError} if shapes do not fit, the sequence is shorter than the filters, or a symbol
 *   is out of range. Symbols are checked on backends whose numbers lie on the host (cpu, wasm); on
 *   others one that is out of range adds nothing.
 * @throws {TypeError} if symbols are not int32.
 */
export function symbolConvolutionMax(
  symbols: tf.Tensor2D,
  { table, bias }: SymbolConvolutionMaxOptions,
): tf.Tensor2D {
  const inputs = { symbols, table, bias };
  check(inputs);
  return tf.tidy(() =>
    hasKernels(SYMBOL_CONVOLUTION_MAX, SYMBOL_CONVOLUTION_MAX_GRADIENT)
      ? fused(inputs)
      : composed(inputs),
  );
}

/**
 * A product of one-hot windows with the table rather than a convolution, the gradient of whose filter
 * some backends lack.
 */
function composed({ symbols, table, bias }: SymbolConvolutionMaxInputs): tf.Tensor2D {
  const [batch, length] = symbols.shape;
  const [width, alphabet, filters] = table.shape;
  const positions = length - width + 1;
  const places = Array.from({ length: width }, (_, w) =>
    tf.slice(symbols, [0, w], [batch, positions]),
  );
  const windows = oneHot(tf.stack(places, 2), alphabet);
  const sums = tf.matMul(
    tf.reshape(windows, [batch * positions, width * alphabet]),
    tf.reshape(table, [width * alphabet, filters]),
  );
  const scores = tf.add(tf.reshape(sums, [batch, positions, filters]), bias);
  const first = constant(() => firstMaximum(scores));
  return tf.relu(tf.sum(tf.mul(scores, first), 1)) as tf.Tensor2D;
}

/** 1 at the first position of each filter's maximum, 0 elsewhere: `[B, positions, F]`. */
function firstMaximum(scores: tf.Tensor): tf.Tensor {
  const atMaximum = oneWhere(tf.equal(scores, tf.max(scores, 1, true)));
  const before = tf.cumsum(atMaximum, 1, true);
  return tf.mul(atMaximum, oneWhere(tf.equal(before, 0)));
}

/** Not `tf.cast`: on webgpu that leaves integers in a tensor of float32, which some kernels refuse. */
const oneWhere = (condition: tf.Tensor) =>
  tf.where(condition, tf.ones(condition.shape), tf.zeros(condition.shape));

function fused(inputs: SymbolConvolutionMaxInputs): tf.Tensor2D {
  const { symbols, table, bias } = inputs;
  const [width, alphabet] = table.shape;
  const attributes: SymbolConvolutionMaxGradientAttributes = { width, alphabet };
  const [scores, positions] = runKernel(SYMBOL_CONVOLUTION_MAX, inputs);
  return withGradient(scores as tf.Tensor2D, {
    inputs: [table, bias],
    saved: [symbols, positions!],
    gradient: (gradient, [symbols, positions]) => {
      const again = { symbols, positions, gradient } as SymbolConvolutionMaxGradientInputs;
      return runKernel(SYMBOL_CONVOLUTION_MAX_GRADIENT, again, attributes);
    },
  });
}

function check({ symbols, table, bias }: SymbolConvolutionMaxInputs): void {
  const caller = "symbolConvolutionMax";
  requireShapes(caller, { symbols, table }, { symbols: ["B", "T"], table: ["W", "S", "F"] });
  const [width, alphabet, filters] = table.shape;
  requireShapes(caller, { bias }, { bias: [filters] });
  const length = symbols.shape[1];
  if (length < width) {
    throw new RangeError(
      `${caller}: symbols must be at least as many as a filter sees, ${width}; got sequences of ${length}.`,
    );
  }
  requireIndices(caller, symbols, { name: "symbols", below: alphabet });
}
