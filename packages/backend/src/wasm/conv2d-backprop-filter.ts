import type * as tf from "@tensorflow/tfjs-core";
import { type Conv2dAttributes, convolutionOf, type Shape4 } from "./convolution-sizes.js";
import { sumOfParts } from "./sum-of-parts.js";
import { offsetOf } from "./wasm-backend.js";
import type { WasmKernel } from "./wasm-kernel.js";
import { isWinograd, winogradFilterGradient, winogradSizes } from "./winograd.js";

export interface Conv2dBackpropFilterAttributes extends Conv2dAttributes {
  readonly filterShape: Shape4;
}

/** The gradient of a convolution with respect to its filter, which the backend has no kernel for. */
export const conv2dBackpropFilter: WasmKernel<Conv2dBackpropFilterAttributes> = {
  name: "Conv2DBackpropFilter",
  covers: ({ x, dy }, { dataFormat }) =>
    x!.dtype === "float32" && dy!.dtype === "float32" && dataFormat === "NHWC",
  run(call) {
    const { inputs, attributes, backend, kernels } = call;
    const x = inputs["x"] as tf.Tensor4D;
    const { info, sizes, pixelCost } = convolutionOf(x.shape, attributes.filterShape, attributes, {
      dy: inputs["dy"]!,
      kernel: "Conv2DBackpropFilter",
    });
    const { outHeight, outWidth, padInfo } = info;
    if (isWinograd(info)) {
      const filterGradient = backend.makeOutput([...attributes.filterShape], "float32");
      winogradFilterGradient(call, {
        x: offsetOf(backend, x),
        gradient: offsetOf(backend, inputs["dy"]!),
        filterGradient: offsetOf(backend, filterGradient),
        images: info.batchSize,
        sizes: winogradSizes(info),
      });
      return filterGradient;
    }
    const work = { images: info.batchSize, shape: [...attributes.filterShape] };
    return sumOfParts<"convolveFilterGradient">(call, work, (sums, partImages) => ({
      kernel: "convolveFilterGradient",
      args: [
        offsetOf(backend, x),
        offsetOf(backend, inputs["dy"]!),
        sums,
        partImages,
        ...sizes,
        padInfo.top,
        padInfo.left,
      ],
      cost: outHeight * outWidth * pixelCost,
      scratchBytes: kernels.convolveFilterGradientScratch(
        info.inChannels,
        outHeight,
        outWidth,
        info.outChannels,
        info.filterHeight,
        info.filterWidth,
        info.strideHeight,
        info.strideWidth,
      ),
    }));
  },
};
