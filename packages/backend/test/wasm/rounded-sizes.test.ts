import { exact, law, seeds } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { onWasm, withWasmKernels } from "./as-on-cpu.js";

// TensorFlow.js wants numbers for padding where sizes are rounded, and forgets the rounding in gradients
const cases = fc.record({
  side: fc.integer({ min: 4, max: 8 }),
  window: fc.integer({ min: 2, max: 3 }),
  stride: fc.integer({ min: 1, max: 3 }),
  rounding: fc.constantFrom("floor" as const, "round" as const, "ceil" as const),
  seed: seeds(),
});
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

const images = (side: number, seed: number) => exact([1, side, side, 2], seed) as tf.Tensor4D;

/** The gradient of <f(x), upstream> by x, where f is linear in x: one entry at a time. */
function byEntries(f: (x: tf.Tensor4D) => tf.Tensor, x: tf.Tensor4D, upstream: tf.Tensor) {
  const entries = Array.from({ length: x.size }, (_, i) => {
    const basis = tf.oneHot(tf.scalar(i, "int32"), x.size).toFloat();
    return tf.sum(tf.mul(f(tf.reshape(basis, x.shape)), upstream)).dataSync()[0]!;
  });
  return tf.tensor(entries, x.shape);
}

describe("gradients where output sizes are rounded", () => {
  withWasmKernels();

  law("of a convolution are those of its entries", cases, (given: Case) =>
    onWasm(() => {
      const { side, window, stride, rounding, seed } = given;
      const x = images(side, seed);
      const filter = exact([window, window, 2, 3], seed + 1) as tf.Tensor4D;
      const convolve = (y: tf.Tensor4D, f: tf.Tensor4D) =>
        tf.conv2d(y, f, stride, 1, "NHWC", 1, rounding);
      const upstream = exact(convolve(x, filter).shape, seed + 2);
      const [dx, df] = tf.grads(convolve as never)([x, filter], upstream);
      const close = { rtol: 1e-5, atol: 1e-3 };
      expect(dx!).toBeCloseToTensor(
        byEntries((y) => convolve(y, filter), x, upstream),
        close,
      );
      const byFilter = byEntries((f) => convolve(x, f), filter, upstream);
      expect(df!).toBeCloseToTensor(byFilter, close);
    }),
  );

  law("of a maximum go to the largest of each window", cases, (given: Case) =>
    onWasm(() => {
      const { side, window, stride, rounding, seed } = given;
      // all different, so that each window has one largest
      const shuffled = tf.range(0, side * side * 2).arraySync() as number[];
      shuffled.sort((a, b) => ((a * 7919 + seed) % 127) - ((b * 7919 + seed) % 127));
      const x = tf.tensor4d(shuffled, [1, side, side, 2]);
      const pool = (y: tf.Tensor4D) => tf.maxPool(y, window, stride, 1, rounding);
      const y = pool(x);
      const upstream = exact(y.shape, seed);
      const expected = new Float32Array(x.size);
      const [values, given1] = [y.dataSync(), upstream.dataSync()];
      values.forEach((value, i) => {
        const at = shuffled.indexOf(value);
        expected[at] = expected[at]! + given1[i]!;
      });
      const found = tf.grad(pool as never)(x, upstream);
      expect(found).toBeCloseToTensor(tf.tensor(expected, x.shape), { rtol: 1e-6, atol: 1e-5 });
    }),
  );
});

describe("a gradient of another size than the outputs", () => {
  withWasmKernels();
  const refused = (run: () => tf.Tensor) => expect(onWasm(run)).rejects.toThrow;

  test("is refused by the kernels of convolutions and pooling, which would read what is not theirs", async () => {
    const x = tf.ones([1, 8, 8, 2]) as tf.Tensor4D;
    const dy = tf.ones([1, 2, 2, 2]) as tf.Tensor4D;
    const filter = tf.ones([3, 3, 2, 2]) as tf.Tensor4D;
    const attributes = { strides: 1, pad: "same", dataFormat: "NHWC", dilations: 1 };
    const run = (kernel: string, inputs: object, more: object) => () =>
      tf
        .engine()
        .runKernel(kernel, inputs as never, { ...attributes, ...more } as never) as tf.Tensor;
    const message = "dy must have the shape of the outputs, [1,8,8,2]; got [1,2,2,2].";
    const both = [
      run("Conv2DBackpropInput", { dy, filter }, { inputShape: x.shape }),
      run("Conv2DBackpropFilter", { x, dy }, { filterShape: filter.shape }),
      run("MaxPoolGrad", { dy, input: x, output: dy }, { filterSize: 1 }),
    ];
    for (const each of both) await refused(each)(message);
    const depthwise = tf.ones([3, 3, 2, 1]) as tf.Tensor4D;
    for (const each of [
      run("DepthwiseConv2dNativeBackpropInput", { dy, filter: depthwise }, { inputShape: x.shape }),
      run("DepthwiseConv2dNativeBackpropFilter", { x, dy }, { filterShape: depthwise.shape }),
    ]) {
      await refused(each)(message);
    }
    await refused(() => tf.conv2dTranspose(dy, filter, [1, 64, 64, 2], 1, "same"))(
      "Conv2DBackpropInput: dy must have the shape of the outputs, [1,64,64,2]; got [1,2,2,2].",
    );
  });

  test("is refused by segment sums without an id for each row", async () => {
    const x = tf.ones([3, 2]);
    const ids = tf.tensor1d([0, 1, 0, 1, 0], "int32");
    const message =
      "unsortedSegmentSum: segmentIds must have an id for each of the 3 rows of x, [3,2]; got [5].";
    await refused(() => tf.unsortedSegmentSum(x, ids, 2))(message);
  });
});
