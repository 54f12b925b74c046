import * as tf from "@tensorflow/tfjs-core";
import { offsetOf, withScratch } from "./wasm-backend.js";
import type { WasmKernel } from "./wasm-kernel.js";

export interface Conv2dBackpropFilterAttributes extends Conv2dAttributes {
  readonly filterShape: [number, number, number, number];
}

/** What TensorFlow.js says of a convolution; dilated ones have no gradient there. */
export interface Conv2dAttributes {
  readonly strides: number | [number, number];
  readonly pad: "valid" | "same" | number | tf.backend_util.ExplicitPadding;
  readonly dataFormat: "NHWC" | "NCHW";
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

/** The gradient of a convolution with respect to its filter, which the backend has no kernel for. */
export const conv2dBackpropFilter: WasmKernel<Conv2dBackpropFilterAttributes> = {
  name: "Conv2DBackpropFilter",
  covers: ({ x, dy }, { dataFormat }) =>
    x!.dtype === "float32" && dy!.dtype === "float32" && dataFormat === "NHWC",
  run({ inputs, attributes, backend, kernels }) {
    const { strides, pad, dimRoundingMode, filterShape } = attributes;
    const x = inputs["x"] as tf.Tensor4D;
    const dy = inputs["dy"] as tf.Tensor4D;
    const sizes = tf.backend_util.computeConv2DInfo(
      x.shape,
      filterShape,
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    const filterGradient = backend.makeOutput(sizes.filterShape, "float32");
    const { outWidth, outChannels } = sizes;
    const scratchBytes = kernels.convolveFilterGradientScratch(outWidth, outChannels);
    withScratch(backend, scratchBytes, (scratch) => {
      kernels.convolveFilterGradient(
        offsetOf(backend, x),
        offsetOf(backend, dy),
        offsetOf(backend, filterGradient),
        scratch,
        sizes.batchSize,
        sizes.inHeight,
        sizes.inWidth,
        sizes.inChannels,
        sizes.outHeight,
        outWidth,
        outChannels,
        sizes.filterHeight,
        sizes.filterWidth,
        sizes.strideHeight,
        sizes.strideWidth,
        sizes.padInfo.top,
        sizes.padInfo.left,
      );
    });
    return filterGradient;
  },
};
