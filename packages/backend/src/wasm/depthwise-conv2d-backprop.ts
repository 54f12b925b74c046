import * as tf from "@tensorflow/tfjs-core";
import type { Conv2dAttributes } from "./conv2d-backprop-filter.js";
import type { DepthwiseSizes } from "./training-kernels.js";
import { offsetOf, withScratch } from "./wasm-backend.js";
import type { WasmKernel } from "./wasm-kernel.js";

type Shape4 = [number, number, number, number];

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
  run({ inputs, attributes, backend, kernels }) {
    const x = inputs["x"] as tf.Tensor4D;
    const sizes = sizesOf(x.shape, attributes.filterShape, attributes);
    const filterGradient = backend.makeOutput(attributes.filterShape, "float32");
    withScratch(backend, 4 * tf.util.sizeFromShape(attributes.filterShape), (scratch) => {
      kernels.depthwiseFilterGradient(
        offsetOf(backend, x),
        offsetOf(backend, inputs["dy"]!),
        offsetOf(backend, filterGradient),
        scratch,
        ...sizes,
      );
    });
    return filterGradient;
  },
};

/** The gradient of a depthwise convolution by its images; the backend has no kernel for it either. */
export const depthwiseBackpropInput: WasmKernel<DepthwiseBackpropInputAttributes> = {
  name: "DepthwiseConv2dNativeBackpropInput",
  covers: ({ dy, filter }) => dy!.dtype === "float32" && filter!.dtype === "float32",
  run({ inputs, attributes, backend, kernels }) {
    const filter = inputs["filter"] as tf.Tensor4D;
    const sizes = sizesOf(attributes.inputShape, filter.shape, attributes);
    const inputGradient = backend.makeOutput(attributes.inputShape, "float32");
    kernels.depthwiseInputGradient(
      offsetOf(backend, inputs["dy"]!),
      offsetOf(backend, filter),
      offsetOf(backend, inputGradient),
      ...sizes,
    );
    return inputGradient;
  },
};

function sizesOf(
  inputShape: Shape4,
  filterShape: Shape4,
  { strides, dilations, pad, dimRoundingMode }: DepthwiseAttributes,
): DepthwiseSizes {
  const sizes = tf.backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    true,
  );
  return [
    sizes.batchSize,
    sizes.inHeight,
    sizes.inWidth,
    sizes.inChannels,
    sizes.outHeight,
    sizes.outWidth,
    filterShape[3],
    sizes.filterHeight,
    sizes.filterWidth,
    sizes.strideHeight,
    sizes.strideWidth,
    sizes.dilationHeight,
    sizes.dilationWidth,
    sizes.padInfo.top,
    sizes.padInfo.left,
  ];
}
