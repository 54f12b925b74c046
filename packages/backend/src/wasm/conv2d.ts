import type * as tf from "@tensorflow/tfjs-core";
import { type Conv2dAttributes, convolutionOf } from "./convolution-sizes.js";
import { activated, type FusedAttributes, isKnownActivation, isRow } from "./fused-activation.js";
import { offsetOf } from "./wasm-backend.js";
import type { KernelInputs, WasmKernel, WasmKernelCall } from "./wasm-kernel.js";
import { isWinograd, winogradConvolve, winogradSizes } from "./winograd.js";

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
  run: (call) => convolve(call),
};

/** activation(conv2d + bias). */
export const fusedConv2d: WasmKernel<Conv2dForwardAttributes & FusedAttributes> = {
  name: "FusedConv2D",
  covers: (inputs, attributes) => areImages(inputs, attributes) && isKnownActivation(attributes),
  run(call) {
    const { filter, bias } = call.inputs;
    const isAdded = isRow(bias, filter!.shape[3]!);
    return activated(call, convolve(call, isAdded ? bias : undefined), { biasIsAdded: isAdded });
  },
};

function convolve(
  call: WasmKernelCall<Conv2dForwardAttributes>,
  bias?: tf.TensorInfo,
): tf.TensorInfo {
  const { inputs, attributes, backend, kernels, sharing } = call;
  const x = inputs["x"] as tf.Tensor4D;
  const filter = inputs["filter"] as tf.Tensor4D;
  const { info, sizes, pixelCost } = convolutionOf(x.shape, filter.shape, attributes);
  const { inChannels, outChannels, filterHeight, filterWidth, padInfo } = info;
  const y = backend.makeOutput(info.outShape, "float32");
  const at = {
    x: offsetOf(backend, x),
    filter: offsetOf(backend, filter),
    bias: bias === undefined ? 0 : offsetOf(backend, bias),
    y: offsetOf(backend, y),
  };
  if (isWinograd(info)) {
    const images = info.batchSize;
    winogradConvolve(call, { ...at, images, sizes: winogradSizes(info), backward: false });
    return y;
  }
  sharing.run({
    kernel: "convolve",
    args: [
      at.x,
      at.filter,
      at.bias,
      at.y,
      ...sizes,
      info.dilationHeight,
      info.dilationWidth,
      padInfo.top,
      padInfo.left,
    ],
    items: info.batchSize * info.outHeight,
    cost: info.outWidth * pixelCost,
    scratchBytes: kernels.convolveScratch(inChannels, outChannels, filterHeight, filterWidth),
  });
  return y;
}
