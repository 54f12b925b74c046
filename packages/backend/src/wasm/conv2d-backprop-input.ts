import type * as tf from "@tensorflow/tfjs-core";
import { type Conv2dAttributes, convolutionOf, type Shape4 } from "./convolution-sizes.js";
import { offsetOf } from "./wasm-backend.js";
import type { WasmKernel } from "./wasm-kernel.js";
import { isWinograd, winogradConvolve, winogradSizesBackward } from "./winograd.js";

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
  run(call) {
    const { inputs, attributes, backend, kernels, sharing } = call;
    const filter = inputs["filter"] as tf.Tensor4D;
    const { info, sizes, pixelCost } = convolutionOf(
      attributes.inputShape,
      filter.shape,
      attributes,
      { dy: inputs["dy"]!, kernel: "Conv2DBackpropInput" },
    );
    const { inChannels, outChannels, filterHeight, filterWidth, padInfo } = info;
    const inputGradient = backend.makeOutput(info.inShape, "float32");
    const at = {
      gradient: offsetOf(backend, inputs["dy"]!),
      filter: offsetOf(backend, filter),
      inputGradient: offsetOf(backend, inputGradient),
    };
    if (isWinograd(info)) {
      winogradConvolve(call, {
        ...{ x: at.gradient, filter: at.filter, bias: 0, y: at.inputGradient },
        images: info.batchSize,
        sizes: winogradSizesBackward(info),
        backward: true,
      });
      return inputGradient;
    }
    sharing.run({
      kernel: "convolveInputGradient",
      args: [at.gradient, at.filter, at.inputGradient, ...sizes, padInfo.top, padInfo.left],
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
