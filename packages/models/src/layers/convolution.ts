import { conv2d } from "@muir/decompose";
import * as tf from "@tensorflow/tfjs-core";
import type { ParameterSpec } from "../architecture.js";
import { heNormal, zero } from "./initial.js";

/** Sizes of a convolution layer. */
export interface ConvolutionOptions {
  /** Height and width of the filters. */
  readonly size: number;
  readonly inputs: number;
  readonly outputs: number;
  /** Whether its kernel can be shared. */
  readonly isShared: boolean;
}

/** The parameters of a convolution of images, started as He et al. (2015) have it. */
export function convolutionParameters({
  size,
  inputs,
  outputs,
  isShared,
}: ConvolutionOptions): Record<"kernel" | "bias", ParameterSpec> {
  return {
    kernel: {
      shape: [size, size, inputs, outputs],
      initial: heNormal(size * size * inputs),
      ...(isShared && { kind: conv2d }),
    },
    bias: { shape: [outputs], initial: zero },
  };
}

/** How a convolution moves over an image. */
export interface Stride {
  /** Pixels from one position to the next, both ways. */
  readonly stride: number;
  /** Zeros on every side. */
  readonly padding: number;
}

/** A convolution with its bias, `[batch, height, width, channels]`, in one kernel even while gradients are taken. */
export function convolve(
  x: tf.Tensor4D,
  { kernel, bias }: Readonly<Record<string, tf.Tensor>>,
  { stride, padding }: Stride,
): tf.Tensor4D {
  return tf.fused.conv2d({
    x,
    filter: kernel as tf.Tensor4D,
    bias: bias!,
    strides: stride,
    pad: padding,
  }) as tf.Tensor4D;
}

/**
 * The same for the first layer of a network, with or without a bias. The fused one would compute the
 * gradient of its inputs, which nobody asks for here.
 */
export function convolveImages(
  x: tf.Tensor4D,
  { kernel, bias }: Readonly<Record<string, tf.Tensor>>,
  { stride, padding }: Stride,
): tf.Tensor4D {
  const features = tf.conv2d(x, kernel as tf.Tensor4D, stride, padding);
  return bias === undefined ? features : tf.add(features, bias);
}
