import type * as tf from "@tensorflow/tfjs-core";
import { type Conv2dAttributes, convolutionOf, type Shape4 } from "./convolution-sizes.js";
import { offsetOf } from "./wasm-backend.js";
import type { WasmKernel } from "./wasm-kernel.js";

export interface Conv2dBackpropInputAttributes extends Conv2dAttributes {
  readonly inputShape: Shape4;
}

/**
 * The gradient of a convolution with respect to its images. Images with their channels first go to
 * the backend's own kernel.
 */
export const conv2dBackpropInput: WasmKernel<Conv2dBackpropInputAttributes> = {
  name: "Conv2DBackpropInput",
  covers: ({ dy, filter }, { dataFormat }) =>
    dy!.dtype === "float32" && filter!.dtype === "float32" && dataFormat === "NHWC",
  run({ inputs, attributes, backend, kernels, sharing }) {
    const filter = inputs["filter"] as tf.Tensor4D;
    const { info, sizes, pixelCost } = convolutionOf(
      attributes.inputShape,
      filter.shape,
      attributes,
    );
    const { inChannels, outChannels, filterHeight, filterWidth, padInfo } = info;
    const inputGradient = backend.makeOutput(info.inShape, "float32");
    sharing.run({
      kernel: "convolveInputGradient",
      args: [
        offsetOf(backend, inputs["dy"]!),
        offsetOf(backend, filter),
        offsetOf(backend, inputGradient),
        ...sizes,
        padInfo.top,
        padInfo.left,
      ],
      items: info.batchSize * info.inHeight,
      cost: (info.inWidth * pixelCost) / (info.strideHeight * info.strideWidth),
      scratchBytes: kernels.convolveInputGradientScratch(
        inChannels,
        outChannels,
        filterHeight,
        filterWidth,
      ),
    });
    return inputGradient;
  },
};
