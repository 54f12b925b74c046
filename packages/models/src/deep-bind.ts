import { conv1d } from "@muir/decompose";
import { symbolConvolutionMax } from "@muir/ops";
import * as tf from "@tensorflow/tfjs-core";
import type { Architecture } from "./architecture.js";
import { affine, affineParameters } from "./layers/affine.js";
import { heNormal, zero } from "./layers/initial.js";
import { inLayer, ofLayer } from "./layers/layer-names.js";
import { requireInputs } from "./require-inputs.js";
import { requireSizes } from "./require-sizes.js";

/** Sizes of {@link deepBind}. */
export interface DeepBindOptions {
  /** Filters of the convolution, size of the embedding, and units of the hidden layer. 256 unless told otherwise. */
  readonly filters?: number;
  /** Symbols that a filter sees at once. 24 unless told otherwise. */
  readonly width?: number;
  /** Symbols of one sequence. 201 unless told otherwise. */
  readonly length?: number;
  /** Different symbols: N, A, C, G and T, that is 5, unless told otherwise. */
  readonly symbols?: number;
}

/**
 * DeepBind (Alipanahi et al. 2015) as the paper has it, DeepBind-256 unless told otherwise: symbols are
 * embedded, a convolution looks for motifs, relu, the best match of each over the whole sequence, a
 * dense layer with relu, and one number.
 *
 * The convolution and the first dense layer can be shared: 6400 blocks of 16 x 16. Inputs are symbols
 * `[batch, length]`, int32; outputs `[batch, 1]`.
 *
 * The embedding is folded into the convolution, exactly, so that a symbol costs an addition a filter. It
 * starts with standard deviation 1, the kernels as He et al. (2015) have it for such inputs, biases
 * at 0.
 *
 * @throws {RangeError} if a size is not a positive integer or sequences are shorter than filters; and,
 *   when applied, if the inputs have another shape or a symbol is out of range (cpu, wasm).
 * @throws {TypeError} when applied, if inputs are not int32.
 * @example
 * ```ts
 * deepBind({ filters: 128 }).parameters["conv.kernel"].shape; // [24, 128, 128]
 * ```
 */
export function deepBind({
  filters = 256,
  width = 24,
  length = 201,
  symbols = 5,
}: DeepBindOptions = {}): Architecture<
  "embedding" | `${"conv" | "dense1" | "dense2"}.${"kernel" | "bias"}`
> {
  requireSizes("deepBind", { filters, width, length, symbols });
  if (length < width) {
    throw new RangeError(
      `deepBind: length must be at least width, or no filter fits; got ${length} and ${width}.`,
    );
  }
  const inputShape = [length];
  return {
    name: `deepbind-${filters}`,
    parameters: {
      embedding: { shape: [symbols, filters], initial: { standardDeviation: 1 } },
      "conv.kernel": {
        shape: [width, filters, filters],
        initial: heNormal(width * filters),
        kind: conv1d,
      },
      "conv.bias": { shape: [filters], initial: zero },
      ...inLayer("dense1", affineParameters({ inputs: filters, outputs: filters, isShared: true })),
      ...inLayer("dense2", affineParameters({ inputs: filters, outputs: 1, isShared: false })),
    },
    inputShape,
    outputShape: [1],
    tasks: 1,
    symbols,
    apply(parameters, sequences, { state }) {
      requireInputs("deepBind", sequences, { inputShape, symbols });
      const layer = (name: string) => ofLayer<tf.Tensor>(parameters, name);
      const outputs = tf.tidy(() => {
        const motifs = symbolConvolutionMax(sequences as tf.Tensor2D, {
          table: folded(parameters.embedding, parameters["conv.kernel"]),
          bias: parameters["conv.bias"] as tf.Tensor1D,
        });
        return affine(tf.relu(affine(motifs, layer("dense1"))), layer("dense2"));
      });
      return { outputs, state };
    },
  };
}

/** What each symbol adds at each place of each filter: `[symbols, E]` and `[width, E, F]` to `[width, symbols, F]`. */
function folded(embedding: tf.Tensor, kernel: tf.Tensor): tf.Tensor3D {
  // one product a place; the gradient of a product whose operands broadcast throws in TensorFlow.js 4
  const places = tf.mul(embedding, tf.ones([kernel.shape[0]!, 1, 1]));
  return tf.matMul(places, kernel) as tf.Tensor3D;
}
