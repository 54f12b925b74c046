import * as tf from "@tensorflow/tfjs-core";
import type { Shape4 } from "./convolution-sizes.js";
import { ofOutputs } from "./of-outputs.js";
import type { PoolSizes } from "./training-kernels.js";
import { offsetOf } from "./wasm-backend.js";
import type { KernelInputs, WasmKernel } from "./wasm-kernel.js";

/** What TensorFlow.js says of a pooling of images `[n, height, width, channels]`. */
export interface MaxPoolAttributes {
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: "valid" | "same" | number | tf.backend_util.ExplicitPadding;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

const areFloats = (inputs: KernelInputs) =>
  Object.values(inputs).every(({ dtype }) => dtype === "float32");

/** The largest of every window of an image. */
export const maxPool: WasmKernel<MaxPoolAttributes> = {
  name: "MaxPool",
  covers: areFloats,
  run({ inputs, attributes, backend, sharing }) {
    const x = inputs["x"]!;
    const { info, sizes, window } = poolOf(x.shape as Shape4, attributes);
    const y = backend.makeOutput(info.outShape, "float32");
    sharing.run({
      kernel: "maxPool",
      args: [offsetOf(backend, x), offsetOf(backend, y), ...sizes],
      items: info.batchSize * info.outHeight,
      cost: info.outWidth * info.inChannels * window,
    });
    return y;
  },
};

/**
 * The gradient of a maximum goes to the first place that attains it. The backend's own kernel looks for
 * that place anew for every pixel of every window that it may belong to.
 */
export const maxPoolGradient: WasmKernel<MaxPoolAttributes> = {
  name: "MaxPoolGrad",
  covers: areFloats,
  run({ inputs, attributes, backend, sharing }) {
    const { dy, input, output } = inputs as Record<string, tf.TensorInfo>;
    const { info, sizes, window } = poolOf(input!.shape as Shape4, attributes, dy);
    if (String(output!.shape) !== String(dy!.shape)) {
      throw new RangeError(
        `MaxPoolGrad: output and dy must have one shape; got [${output!.shape}] and [${dy!.shape}].`,
      );
    }
    const gradient = backend.makeOutput(info.inShape, "float32");
    sharing.run({
      kernel: "maxPoolGradient",
      args: [
        offsetOf(backend, input!),
        offsetOf(backend, output!),
        offsetOf(backend, dy!),
        offsetOf(backend, gradient),
        ...sizes,
      ],
      items: info.batchSize,
      cost: info.outHeight * info.outWidth * info.inChannels * window * 2,
    });
    return gradient;
  },
};

function poolOf(
  shape: Shape4,
  { filterSize, strides, pad, dimRoundingMode }: MaxPoolAttributes,
  dy?: tf.TensorInfo,
) {
  const computed = tf.backend_util.computePool2DInfo(
    shape,
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const info = dy ? ofOutputs(computed, dy, "MaxPoolGrad") : computed;
  const sizes: PoolSizes = [
    info.inHeight,
    info.inWidth,
    info.inChannels,
    info.outHeight,
    info.outWidth,
    info.filterHeight,
    info.filterWidth,
    info.strideHeight,
    info.strideWidth,
    info.padInfo.top,
    info.padInfo.left,
  ];
  return { info, sizes, window: info.filterHeight * info.filterWidth };
}
