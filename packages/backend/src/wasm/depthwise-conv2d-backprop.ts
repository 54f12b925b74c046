import * as tf from "@tensorflow/tfjs-core";
import type { Conv2dAttributes, Shape4 } from "./convolution-sizes.js";
import { ofOutputs } from "./of-outputs.js";
import { sumOfParts } from "./sum-of-parts.js";
import type { DepthwiseSizes } from "./training-kernels.js";
import { offsetOf } from "./wasm-backend.js";
import type { WasmKernel } from "./wasm-kernel.js";

interface DepthwiseAttributes extends Omit<Conv2dAttributes, "dataFormat"> {
  readonly dilations: number | [number, number];
}

export interface DepthwiseBackpropFilterAttributes extends DepthwiseAttributes {
  readonly filterShape: Shape4;
}

export interface DepthwiseBackpropInputAttributes extends DepthwiseAttributes {
  readonly inputShape: Shape4;
}

/** The gradient of a depthwise convolution by its filter, which the backend has no kernel for. */
export const depthwiseBackpropFilter: WasmKernel<DepthwiseBackpropFilterAttributes> = {
  name: "DepthwiseConv2dNativeBackpropFilter",
  covers: ({ x, dy }) => x!.dtype === "float32" && dy!.dtype === "float32",
  run(call) {
    const { inputs, attributes, backend } = call;
    const x = inputs["x"] as tf.Tensor;
    const shape = [...attributes.filterShape];
    const { sizes, imageCost } = sizesOf(x.shape as Shape4, attributes.filterShape, {
      ...attributes,
      dy: inputs["dy"]!,
      kernel: "DepthwiseConv2dNativeBackpropFilter",
    });
    const work = { images: x.shape[0]!, shape };
    return sumOfParts<"depthwiseFilterGradient">(call, work, (sums, partImages) => ({
      kernel: "depthwiseFilterGradient",
      args: [offsetOf(backend, x), offsetOf(backend, inputs["dy"]!), sums, partImages, ...sizes],
      cost: imageCost,
      scratchBytes: 4 * tf.util.sizeFromShape(shape),
    }));
  },
};

/** The gradient of a depthwise convolution by its images; the backend has no kernel for it either. */
export const depthwiseBackpropInput: WasmKernel<DepthwiseBackpropInputAttributes> = {
  name: "DepthwiseConv2dNativeBackpropInput",
  covers: ({ dy, filter }) => dy!.dtype === "float32" && filter!.dtype === "float32",
  run({ inputs, attributes, backend, sharing }) {
    const filter = inputs["filter"]!;
    const { inputShape } = attributes;
    const { sizes, imageCost } = sizesOf(inputShape, filter.shape as Shape4, {
      ...attributes,
      dy: inputs["dy"]!,
      kernel: "DepthwiseConv2dNativeBackpropInput",
    });
    const inputGradient = backend.makeOutput(inputShape, "float32");
    sharing.run({
      kernel: "depthwiseInputGradient",
      args: [
        offsetOf(backend, inputs["dy"]!),
        offsetOf(backend, filter),
        offsetOf(backend, inputGradient),
        ...sizes,
      ],
      items: inputShape[0],
      cost: imageCost,
    });
    return inputGradient;
  },
};

function sizesOf(
  inputShape: Shape4,
  filterShape: Shape4,
  {
    strides,
    dilations,
    pad,
    dimRoundingMode,
    dy,
    kernel,
  }: DepthwiseAttributes & { readonly dy: tf.TensorInfo; readonly kernel: string },
): { sizes: DepthwiseSizes; imageCost: number } {
  const computed = tf.backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    true,
  );
  const info = ofOutputs(computed, dy, kernel);
  const sizes: DepthwiseSizes = [
    info.inHeight,
    info.inWidth,
    info.inChannels,
    info.outHeight,
    info.outWidth,
    filterShape[3],
    info.filterHeight,
    info.filterWidth,
    info.strideHeight,
    info.strideWidth,
    info.dilationHeight,
    info.dilationWidth,
    info.padInfo.top,
    info.padInfo.left,
  ];
  // these kernels take about four times as long for a multiply-add as products do
  const products = info.outHeight * info.outWidth * tf.util.sizeFromShape(filterShape);
  return { sizes, imageCost: 4 * products };
}
