import * as tf from "@tensorflow/tfjs-core";
import type { Architecture, ModelState } from "./architecture.js";
import { affine, affineParameters } from "./layers/affine.js";
import {
  batchNormParameters,
  batchNormRelu,
  batchNormState,
  batchNormStateShapes,
} from "./layers/batch-norm.js";
import { convolutionParameters, convolveImages } from "./layers/convolution.js";
import { inLayer, ofLayer } from "./layers/layer-names.js";
import { requireInputs } from "./require-inputs.js";
import { requireSizes } from "./require-sizes.js";
import { requireState } from "./require-state.js";
import { blockNorms, blockParameters, residual, residualBlocks } from "./residual-blocks.js";

/** Sizes of {@link wideResNet}. */
export interface WideResNetOptions {
  /** Convolutions on the longest way through, shortcuts aside, and the last layer: 6 n + 4. 40 unless told otherwise. */
  readonly depth?: number;
  /** Times as many filters as the plain network has. 1 unless told otherwise. */
  readonly width?: number;
  /** 10 unless told otherwise. */
  readonly classes?: number;
  /** Height, width and channels of an image. `[32, 32, 3]` unless told otherwise. */
  readonly inputShape?: readonly [number, number, number];
  /** Filters of the first convolution, and of the first group where `width` is 1. 16 unless told otherwise. */
  readonly filters?: number;
}

/**
 * A wide residual network (Zagoruyko & Komodakis 2016) as the paper has it: WRN-40-1 unless told otherwise.
 *
 * A 3 x 3 convolution without padding or bias; three groups of pre-activation blocks with 1, 2 and 4
 * times as many filters, the second and third group starting with stride 2; normalization, relu, the
 * average over all positions, and a dense layer to the classes' logits. A block is normalization, relu
 * and a 3 x 3 convolution with padding 1, twice, and its inputs are added; where the number of filters
 * changes they pass through a 3 x 3 convolution of the same stride.
 *
 * Every convolution but the first can be shared: 2268 blocks of 16 x 16 in WRN-40-1. Images are
 * `[batch, height, width, channels]`; logits `[batch, classes]`. Kernels start as He et al. (2015) have it,
 * biases and offsets at 0, scales at 1.
 *
 * State: running averages of each normalization, 0.9 of the old and 0.1 of the batch's, which
 * evaluation uses.
 *
 * @throws {RangeError} if a size is not a positive integer or `depth` is not 6 n + 4; and, when
 *   applied, if the inputs have another shape.
 * @example
 * ```ts
 * wideResNet({ depth: 28, width: 10 }).name; // "wrn-28-10"
 * ```
 */
export function wideResNet({
  depth = 40,
  width = 1,
  classes = 10,
  inputShape = [32, 32, 3],
  filters = 16,
}: WideResNetOptions = {}): Architecture {
  const [rows, columns, channels] = inputShape;
  requireSizes("wideResNet", { depth, width, classes, rows, columns, channels, filters });
  if (rows < 3 || columns < 3) {
    throw new RangeError(`wideResNet: images must be at least 3 x 3; got ${rows} x ${columns}.`);
  }
  if (depth < 10 || depth % 6 !== 4) {
    throw new RangeError(`wideResNet: depth must be 6 n + 4, as 10, 16 or 40; got ${depth}.`);
  }
  const blocks = residualBlocks({ blocks: (depth - 4) / 6, filters, width });
  const features = blocks.at(-1)!.outputs;
  const first = convolutionParameters({
    size: 3,
    inputs: channels,
    outputs: filters,
    isShared: false,
  });
  const norms = [...blocks.flatMap(blockNorms), ["norm", features] as const];
  const ofNorms = <T>(part: (channels: number) => Record<string, T>): Record<string, T> =>
    Object.assign({}, ...norms.map(([name, channels]) => inLayer(name, part(channels))));
  const shapes = ofNorms(batchNormStateShapes);
  return {
    name: `wrn-${depth}-${width}`,
    parameters: {
      "conv.kernel": first.kernel,
      ...Object.assign({}, ...blocks.map(blockParameters)),
      ...inLayer("norm", batchNormParameters(features)),
      ...inLayer(
        "dense",
        affineParameters({ inputs: features, outputs: classes, isShared: false }),
      ),
    },
    inputShape,
    outputShape: [classes],
    tasks: 1,
    initialState: () => ofNorms(batchNormState),
    apply(parameters, images, { training, state }) {
      requireInputs("wideResNet", images, { inputShape });
      requireState("wideResNet", state, { batch: images.shape[0]!, shapes });
      const layer = (name: string) => ofLayer(parameters, name);
      return tf.tidy(() => {
        let next: ModelState = {};
        const norm = (x: tf.Tensor4D, name: string) => {
          const found = batchNormRelu(x, layer(name), { training, state: ofLayer(state, name) });
          next = { ...next, ...inLayer(name, found.state) };
          return found.outputs;
        };
        let x = convolveImages(images as tf.Tensor4D, layer("conv"), { stride: 1, padding: 0 });
        for (const block of blocks) x = residual(x, block, { layer, norm });
        const averages = tf.mean(norm(x, "norm"), [1, 2]);
        const outputs = affine(averages, layer("dense"));
        return { outputs, state: training ? { ...next } : { ...state } };
      });
    },
  };
}
