import * as tf from "@tensorflow/tfjs-core";
import { ofOutputs } from "./of-outputs.js";
import type { ConvolutionSizes } from "./training-kernels.js";

/** What TensorFlow.js says of a convolution; dilated ones have no gradient there. */
export interface Conv2dAttributes {
  readonly strides: number | [number, number];
  readonly pad: "valid" | "same" | number | tf.backend_util.ExplicitPadding;
  readonly dataFormat: "NHWC" | "NCHW";
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

/** Sizes of a convolution: as TensorFlow.js works them out, and as kernels take them. */
export interface Convolution {
  readonly info: tf.backend_util.Conv2DInfo;
  readonly sizes: ConvolutionSizes;
  /** Multiply-adds for all output channels of one output pixel. */
  readonly pixelCost: number;
}

/**
 * Works out the sizes of a convolution of images `[n, height, width, channels]`.
 *
 * @param gradient of its outputs, for a kernel that takes it; see {@link ofOutputs}.
 */
export function convolutionOf(
  inShape: Shape4,
  filterShape: Shape4,
  attributes: Conv2dAttributes & { readonly dilations?: number | [number, number] },
  gradient?: { readonly dy: tf.TensorInfo; readonly kernel: string },
): Convolution {
  const { strides, dilations = 1, pad, dimRoundingMode } = attributes;
  const computed = tf.backend_util.computeConv2DInfo(
    inShape,
    filterShape,
    strides,
    dilations,
    pad,
    dimRoundingMode,
  );
  const info = gradient ? ofOutputs(computed, gradient.dy, gradient.kernel) : computed;
  const sizes: ConvolutionSizes = [
    info.inHeight,
    info.inWidth,
    info.inChannels,
    info.outHeight,
    info.outWidth,
    info.outChannels,
    info.filterHeight,
    info.filterWidth,
    info.strideHeight,
    info.strideWidth,
  ];
  return { info, sizes, pixelCost: tf.util.sizeFromShape(filterShape) };
}

export type Shape4 = [number, number, number, number];

/**
 * Images a part when every part is summed on its own and the sums are added up: few parts, for each
 * costs an addition, and as many whatever the number of threads, for the digits depend on it.
 */
export function imagesOfPart(images: number): number {
  return Math.max(Math.ceil(images / 8), 1);
}
