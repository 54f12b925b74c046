import { exact, law, normal } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type ConvolutionCase,
  convolutions,
  dilate,
  dilations,
  drawConvolution,
  tiledConvolutions,
} from "./arbitrary-convolutions.js";
import { expectAsOnCpu, onWasm, withWasmKernels } from "./as-on-cpu.js";

function drawUpstream({ strides, pad, seed }: ConvolutionCase, x: tf.Tensor, filter: tf.Tensor) {
  const shapes = [x.shape, filter.shape] as [number, number, number, number][];
  const { outShape } = tf.backend_util.computeConv2DInfo(shapes[0]!, shapes[1]!, strides, 1, pad);
  return exact(outShape, seed + 2);
}

describe("conv2d on wasm", () => {
  withWasmKernels();

  law("equals cpu for any stride, padding and size", convolutions, async (given) => {
    const { x, filter } = drawConvolution(given);
    await expectAsOnCpu(() => tf.conv2d(x, filter, given.strides, given.pad));
  });

  const dilated = fc.tuple(convolutions, dilations).map(([given, by]) => dilate(given, by));
  law("equals cpu for any dilation", dilated, async (given) => {
    const { x, filter } = drawConvolution(given);
    const { pad } = given;
    await expectAsOnCpu(() => tf.conv2d(x, filter, 1, pad, "NHWC", given.dilations));
  });

  const activations = fc.constantFrom("linear" as const, "relu" as const, "prelu" as const);
  const fused = fc.record({ given: convolutions, activation: activations, biased: fc.boolean() });
  law("fused with bias and activation, equals cpu", fused, async ({ given, ...rest }) => {
    const { x, filter } = drawConvolution({ ...given, images: given.images + 1 });
    const { strides, pad, seed } = given;
    const { activation } = rest;
    const bias = exact([filter.shape[3]], seed + 2);
    const preluActivationWeights = exact([1, 1, filter.shape[3]], seed + 3);
    await expectAsOnCpu(() =>
      tf.fused.conv2d({
        ...{ x, filter, strides, pad, activation },
        ...(rest.biased && { bias }),
        ...(activation === "prelu" && { preluActivationWeights }),
      }),
    );
  });

  test("sees a filter that changed in place", async () => {
    const found = await onWasm(() => {
      const x = tf.ones([1, 3, 3, 1]) as tf.Tensor4D;
      const filter = tf.ones([3, 3, 1, 1]) as tf.Tensor4D;
      tf.conv2d(x, filter, 1, "valid");
      const heap = tf.backend() as unknown as { typedArrayFromHeap(t: tf.Tensor): Float32Array };
      heap.typedArrayFromHeap(filter).fill(2);
      return tf.conv2d(x, filter, 1, "valid");
    });
    expect(found.dataSync()[0]).toBe(18);
  });
});

/** Sums of up to 180 products of small integers, which are up to some hundreds. */
const close = { rtol: 1e-5, atol: 2e-3 };

describe("conv2d in tiles on wasm", () => {
  withWasmKernels();

  law("equals cpu, with its gradients", tiledConvolutions, async (given) => {
    const { x, filter } = drawConvolution(given);
    const upstream = drawUpstream(given, x, filter);
    const convolve = (...[y, f]: tf.Tensor[]) =>
      tf.conv2d(y as tf.Tensor4D, f as tf.Tensor4D, given.strides, given.pad);
    await expectAsOnCpu(() => {
      const { value, grads } = tf.valueAndGrads(convolve as never)([x, filter], upstream as never);
      return [value, ...grads];
    }, close);
  });

  law("adds a bias", tiledConvolutions, async (given) => {
    const { x, filter } = drawConvolution({ ...given, images: given.images + 1 });
    const bias = exact([filter.shape[3]], given.seed + 3);
    const { strides, pad } = given;
    await expectAsOnCpu(() => tf.fused.conv2d({ x, filter, bias, strides, pad }), close);
  });

  test("rounds about as a plain sum does", async () => {
    const x = normal([2, 12, 12, 64], 1) as tf.Tensor4D;
    const filter = normal([3, 3, 64, 64], 2) as tf.Tensor4D;
    const found = await onWasm(() => tf.conv2d(x, filter, 1, "same"));
    const error = tf.max(tf.abs(tf.sub(found, tf.conv2d(x, filter, 1, "same"))));
    expect(error.dataSync()[0]).toBeLessThan(2e-4); // numbers of a deviation of 24
  });
});

describe("the gradients of conv2d on wasm", () => {
  withWasmKernels();

  law("by its filter equals cpu for any stride, padding and size", convolutions, async (given) => {
    const { x, filter } = drawConvolution(given);
    const upstream = drawUpstream(given, x, filter);
    const convolve = (f: tf.Tensor) => tf.conv2d(x, f as tf.Tensor4D, given.strides, given.pad);
    await expectAsOnCpu(() => tf.grad(convolve)(filter, upstream));
  });

  law("by its images equals cpu for any stride, padding and size", convolutions, async (given) => {
    const { x, filter } = drawConvolution(given);
    const upstream = drawUpstream(given, x, filter);
    const convolve = (y: tf.Tensor) =>
      tf.conv2d(y as tf.Tensor4D, filter, given.strides, given.pad);
    await expectAsOnCpu(() => tf.grad(convolve)(x, upstream));
  });

  test("keeps the digits of a sum over a batch of images", async () => {
    const x = normal([16, 30, 30, 1], 1) as tf.Tensor4D;
    const upstream = normal([16, 30, 30, 1], 2);
    const convolve = (filter: tf.Tensor) => tf.conv2d(x, filter as tf.Tensor4D, 1, "same");
    const found = await onWasm(() => tf.grad(convolve)(tf.zeros([1, 1, 1, 1]), upstream));
    const [images, given] = [Array.from(x.dataSync()), Array.from(upstream.dataSync())];
    const expected = images.reduce((sum, value, i) => sum + value * given[i]!, 0);
    expect(Math.abs(found.dataSync()[0]! - expected)).toBeLessThan(5e-5);
  });
});
