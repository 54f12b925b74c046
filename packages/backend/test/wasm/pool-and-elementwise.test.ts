import { exact, law, seeds } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectAsOnCpu, onWasm, withWasmKernels } from "./as-on-cpu.js";

const side = { min: 1, max: 3 };
const cases = fc
  .record({
    images: fc.integer({ min: 1, max: 3 }),
    beyond: fc.tuple(fc.nat({ max: 7 }), fc.nat({ max: 7 })),
    window: fc.tuple(fc.integer(side), fc.integer(side)),
    strides: fc.tuple(fc.integer(side), fc.integer(side)),
    channels: fc.integer({ min: 1, max: 9 }),
    pad: fc.constantFrom("same" as const, "valid" as const),
    seed: seeds(),
  })
  .map((given) => ({
    ...given,
    size: [given.window[0] + given.beyond[0], given.window[1] + given.beyond[1]] as const,
  }));

describe("maxPool on wasm", () => {
  withWasmKernels();

  // small integers: equal ones are frequent, so which place gets the gradient matters
  law("equals cpu, with its gradient", cases, async (given) => {
    const { images, size, window, strides, channels, pad, seed } = given;
    const x = exact([images, ...size, channels], seed) as tf.Tensor4D;
    const pool = (y: tf.Tensor) => tf.maxPool(y as tf.Tensor4D, window, strides, pad);
    const upstream = exact(pool(x).shape, seed + 1);
    await expectAsOnCpu(() => {
      const { value, grad } = tf.valueAndGrad(pool as never)(x, upstream as never);
      return [value, grad];
    });
  });

  test("sends the gradient of a tie to the first", async () => {
    const x = tf.tensor4d([3, 5, 5, 1], [1, 2, 2, 1]);
    const gradient = await onWasm(() =>
      tf.grad((y: tf.Tensor) => tf.maxPool(y as tf.Tensor4D, 2, 2, "valid"))(x),
    );
    expect([...gradient.dataSync()]).toEqual([0, 1, 0, 0]);
  });
});

describe("sums and relu on wasm", () => {
  withWasmKernels();

  const shapes = fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 4 });
  law("equal cpu for any shape", fc.tuple(shapes, seeds()), async ([shape, seed]) => {
    const [a, b] = [exact(shape, seed), exact(shape, seed + 1)];
    await expectAsOnCpu(() => [tf.add(a, b), tf.relu(a)]);
  });

  const rows = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 4 });
  law("add a row to every row", fc.tuple(rows, seeds()), async ([shape, seed]) => {
    const [x, row] = [exact(shape, seed), exact(shape.slice(-1), seed + 1)];
    await expectAsOnCpu(() => [tf.add(x, row), tf.add(row, x)]);
  });

  test("leave other sums that broadcast to the backend", async () => {
    const sum = await onWasm(() => tf.add(tf.ones([2, 3]), tf.tensor2d([[1], [2]])));
    expect(sum.arraySync()).toEqual([
      [2, 2, 2],
      [3, 3, 3],
    ]);
  });
});
