import * as tf from "@tensorflow/tfjs-core";
import type { Architecture } from "./architecture.js";
import { affine, affineParameters } from "./layers/affine.js";
import { convolutionParameters, convolve, convolveImages } from "./layers/convolution.js";
import { inLayer, ofLayer } from "./layers/layer-names.js";
import { requireInputs } from "./require-inputs.js";
import { requireSizes } from "./require-sizes.js";

/** Sizes of {@link leNet}. */
export interface LeNetOptions {
  /** Height, width and channels of an image. `[32, 32, 3]` unless told otherwise. */
  readonly inputShape?: readonly [number, number, number];
  /** Filters of each convolution. 16 unless told otherwise. */
  readonly filters?: number;
  /** Units of the two hidden dense layers. `[128, 96]` unless told otherwise. */
  readonly hidden?: readonly [number, number];
  /** 10 unless told otherwise. */
  readonly classes?: number;
}

type Layer = "conv1" | "conv2" | "dense1" | "dense2" | "dense3";

/**
 * LeNet (LeCun et al. 1998) as the paper has it: two 5 x 5 convolutions with padding 1, each with
 * relu and a maximum over 2 x 2, then two dense layers with relu and one to the classes' logits.
 *
 * The second convolution and the first two dense layers can be shared: 361 blocks of 16 x 16.
 * Images are `[batch, height, width, channels]`; logits `[batch, classes]`.
 *
 * Kernels start as He et al. (2015) have it, biases at zero.
 *
 * @throws {RangeError} if a size is not a positive integer or images are too small to be halved twice;
 *   and, when applied, if the inputs have another shape.
 * @example
 * ```ts
 * leNet().parameters["dense1.kernel"].shape; // [576, 128]
 * ```
 */
export function leNet({
  inputShape = [32, 32, 3],
  filters = 16,
  hidden = [128, 96],
  classes = 10,
}: LeNetOptions = {}): Architecture<`${Layer}.${"kernel" | "bias"}`> {
  const [height, width, channels] = inputShape;
  const [first, second] = hidden;
  requireSizes("leNet", { height, width, channels, filters, first, second, classes });
  const pooled = [height, width].map((side) => halved(halved(side)));
  if (pooled.some((side) => side < 1)) {
    throw new RangeError(`leNet: images must be at least 10 x 10; got ${height} x ${width}.`);
  }
  const features = pooled[0]! * pooled[1]! * filters;
  const conv = (inputs: number, isShared: boolean) =>
    convolutionParameters({ size: 5, inputs, outputs: filters, isShared });
  const dense = (inputs: number, outputs: number, isShared: boolean) =>
    affineParameters({ inputs, outputs, isShared });
  return {
    name: "lenet",
    parameters: {
      ...inLayer("conv1", conv(channels, false)),
      ...inLayer("conv2", conv(filters, true)),
      ...inLayer("dense1", dense(features, first, true)),
      ...inLayer("dense2", dense(first, second, true)),
      ...inLayer("dense3", dense(second, classes, false)),
    },
    inputShape,
    outputShape: [classes],
    tasks: 1,
    apply(parameters, images, { state }) {
      requireInputs("leNet", images, { inputShape });
      const layer = (name: Layer) => ofLayer<tf.Tensor>(parameters, name);
      const outputs = tf.tidy(() => {
        const edges = convolveImages(images as tf.Tensor4D, layer("conv1"), step);
        const shapes = convolve(pool(edges), layer("conv2"), step);
        const rows = tf.reshape(pool(shapes), [-1, features]);
        const codes = tf.relu(affine(rows, layer("dense1")));
        return affine(tf.relu(affine(codes, layer("dense2"))), layer("dense3"));
      });
      return { outputs, state };
    },
  };
}

const step = { stride: 1, padding: 1 };

/** relu and the maximum over 2 x 2; relu is left for last, where there is a quarter as much. */
function pool(features: tf.Tensor4D): tf.Tensor4D {
  return tf.relu(tf.maxPool(features, 2, 2, "valid"));
}

/** A side of an image after a 5 x 5 convolution with padding 1 and a maximum over 2 x 2. */
const halved = (side: number) => Math.floor((side - 2) / 2);
