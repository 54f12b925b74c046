import { exact, law } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect } from "vitest";
import { type ConvolutionCase, convolutions, dilate, dilations } from "./arbitrary-convolutions.js";
import { expectAsOnCpu, onWasm, withWasmKernels } from "./as-on-cpu.js";

/** Channels around the length of a vector, with one filter for each or more. */
const cases = fc
  .tuple(convolutions, fc.integer({ min: 1, max: 5 }))
  .map(([given, multiplier]) => ({ ...given, channels: [given.channels[0], multiplier] as const }));

const dilated = fc.tuple(cases, dilations).map(([given, by]) => dilate(given, by));

/** The convolution as a function of both operands, and small integers for all three tensors. */
function draw(given: ConvolutionCase) {
  const { images, size, filter, channels, strides, pad, seed } = given;
  const x = exact([images, ...size, channels[0]], seed);
  const weights = exact([...filter, ...channels], seed + 1);
  const by = given.dilations ?? [1, 1];
  const convolve = (y: tf.Tensor, f: tf.Tensor) =>
    tf.depthwiseConv2d(y as tf.Tensor4D, f as tf.Tensor4D, strides, pad, "NHWC", by);
  const { outShape } = tf.backend_util.computeConv2DInfo(
    x.shape as [number, number, number, number],
    weights.shape as [number, number, number, number],
    strides,
    by,
    pad,
    undefined,
    true,
  );
  return { x, weights, convolve, upstream: exact(outShape, seed + 2) };
}

describe("the gradients of depthwiseConv2d on wasm", () => {
  withWasmKernels();

  law("equal cpu for any stride, padding and size", cases, async (given) => {
    const { x, weights, convolve, upstream } = draw(given);
    await expectAsOnCpu(() => tf.grads(convolve)([x, weights], upstream));
  });

  // the op has no gradient where it is dilated, so these ask for the kernels by name
  law("are adjoint to the convolution, dilated too", dilated, async (given) => {
    const { x, weights, convolve, upstream } = draw(given);
    const { strides, pad } = given;
    const run = (kernel: string, inputs: tf.NamedTensorMap, shapes: tf.NamedAttrMap) =>
      tf.engine().runKernel(kernel, inputs, {
        ...{ strides, pad: pad as string, dilations: given.dilations },
        ...shapes,
      }) as tf.Tensor;
    const product = (a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.mul(a, b)).dataSync()[0]!;
    const expected = product(convolve(x, weights), upstream);
    const [byImages, byFilter] = await onWasm(() => [
      run(
        "DepthwiseConv2dNativeBackpropInput",
        { dy: upstream, filter: weights },
        { inputShape: x.shape },
      ),
      run(
        "DepthwiseConv2dNativeBackpropFilter",
        { x, dy: upstream },
        { filterShape: weights.shape },
      ),
    ]);
    expect(product(byImages!, x)).toBe(expected);
    expect(product(byFilter!, weights)).toBe(expected);
  });
});
