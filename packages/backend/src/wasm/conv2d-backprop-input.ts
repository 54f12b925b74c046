import * as tf from "@tensorflow/tfjs-core";
import type { Conv2dAttributes } from "./conv2d-backprop-filter.js";
import { offsetOf, withScratch } from "./wasm-backend.js";
import type { WasmKernel } from "./wasm-kernel.js";

export interface Conv2dBackpropInputAttributes extends Conv2dAttributes {
  readonly inputShape: [number, number, number, number];
}

/**
 * The gradient of a convolution with respect to its images. Images with their channels first go to
 * the backend's own kernel.
 */
export const conv2dBackpropInput: WasmKernel<Conv2dBackpropInputAttributes> = {
  name: "Conv2DBackpropInput",
  covers: ({ dy, filter }, { dataFormat }) =>
    dy!.dtype === "float32" && filter!.dtype === "float32" && dataFormat === "NHWC",
  run({ inputs, attributes, backend, kernels }) {
    const { strides, pad, dimRoundingMode, inputShape } = attributes;
    const dy = inputs["dy"] as tf.Tensor4D;
    const filter = inputs["filter"] as tf.Tensor4D;
    const sizes = tf.backend_util.computeConv2DInfo(
      inputShape,
      filter.shape,
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    const { inChannels, outChannels, filterHeight, filterWidth } = sizes;
    const inputGradient = backend.makeOutput(sizes.inShape, "float32");
    const scratchBytes = kernels.convolveInputGradientScratch(
      inChannels,
      outChannels,
      filterHeight * filterWidth,
    );
    withScratch(backend, scratchBytes, (scratch) => {
      kernels.convolveInputGradient(
        offsetOf(backend, dy),
        offsetOf(backend, filter),
        offsetOf(backend, inputGradient),
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
        sizes.padInfo.top,
        sizes.padInfo.left,
      );
    });
    return inputGradient;
  },
};
