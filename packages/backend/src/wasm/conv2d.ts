import * as tf from "@tensorflow/tfjs-core";
import type { Conv2dAttributes } from "./conv2d-backprop-filter.js";
import { activated, type FusedAttributes, isKnownActivation } from "./fused-activation.js";
import { offsetOf, withScratch } from "./wasm-backend.js";
import type { KernelInputs, WasmKernel, WasmKernelCall } from "./wasm-kernel.js";

export interface Conv2dForwardAttributes extends Conv2dAttributes {
  readonly dilations: number | [number, number];
}

const areImages = ({ x, filter }: KernelInputs, { dataFormat }: Conv2dForwardAttributes) =>
  x!.dtype === "float32" && filter!.dtype === "float32" && dataFormat === "NHWC";

/**
 * Convolutions of images with their channels last.
 *
 * The backend's own kernel keeps a packed copy of the filter for as long as the filter lives, which
 * goes stale when the filter changes in place. This one keeps nothing.
 */
export const conv2d: WasmKernel<Conv2dForwardAttributes> = {
  name: "Conv2D",
  covers: areImages,
  run: convolve,
};

/** activation(conv2d + bias). */
export const fusedConv2d: WasmKernel<Conv2dForwardAttributes & FusedAttributes> = {
  name: "FusedConv2D",
  covers: (inputs, attributes) => areImages(inputs, attributes) && isKnownActivation(attributes),
  run: (call) => activated(call, convolve(call)),
};

function convolve(call: WasmKernelCall<Conv2dForwardAttributes>): tf.TensorInfo {
  const { inputs, attributes, backend, kernels } = call;
  const { strides, dilations, pad, dimRoundingMode } = attributes;
  const x = inputs["x"] as tf.Tensor4D;
  const filter = inputs["filter"] as tf.Tensor4D;
  const sizes = tf.backend_util.computeConv2DInfo(
    x.shape,
    filter.shape,
    strides,
    dilations,
    pad,
    dimRoundingMode,
  );
  const { inChannels, outChannels, filterHeight, filterWidth } = sizes;
  const y = backend.makeOutput(sizes.outShape, "float32");
  const taps = filterHeight * filterWidth;
  withScratch(backend, kernels.convolveScratch(inChannels, outChannels, taps), (scratch) => {
    kernels.convolve(
      offsetOf(backend, x),
      offsetOf(backend, filter),
      offsetOf(backend, y),
      scratch,
      sizes.batchSize,
      sizes.inHeight,
      sizes.inWidth,
      inChannels,
      sizes.outHeight,
      sizes.outWidth,
      outChannels,
      filterHeight,
      filterWidth,
      sizes.strideHeight,
      sizes.strideWidth,
      sizes.dilationHeight,
      sizes.dilationWidth,
      sizes.padInfo.top,
      sizes.padInfo.left,
    );
  });
  return y;
}
