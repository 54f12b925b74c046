import { exact, law, normal, seeds } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectAsOnCpu, onWasm, withWasmKernels } from "./as-on-cpu.js";

const cases = fc
  .record({
    shape: fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 4 }),
    summed: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    keepDims: fc.boolean(),
    seed: seeds(),
  })
  .map(({ summed, ...given }) => ({
    ...given,
    axes: [...given.shape.keys()].filter((axis) => summed[axis]),
  }));

describe("sum on wasm", () => {
  withWasmKernels();

  law("equals cpu over any axes of any shape", cases, async ({ shape, axes, keepDims, seed }) => {
    const x = exact(shape, seed);
    await expectAsOnCpu(() => tf.sum(x, axes, keepDims));
  });

  test("adds up columns", async () => {
    const x = tf.tensor2d([
      [1, 10],
      [2, 20],
      [3, 30],
    ]);
    expect((await onWasm(() => tf.sum(x, 0))).arraySync()).toEqual([6, 60]);
  });

  test("keeps the digits of columns with many rows", async () => {
    const x = tf.add(normal([100_000, 3], 1), 10);
    const found = await onWasm(() => tf.sum(x, 0));
    const values = x.dataSync();
    for (let column = 0; column < 3; column++) {
      let expected = 0;
      for (let row = 0; row < 100_000; row++) expected += values[3 * row + column]!;
      expect(Math.abs(found.dataSync()[column]! / expected - 1)).toBeLessThan(2e-7);
    }
  });
});

describe("clone on wasm", () => {
  withWasmKernels();

  test("shares the numbers, which live as long as either tensor", async () => {
    const [before, after, found] = await onWasm(() => {
      const x = tf.square(tf.range(1, 4));
      const { numDataBuffers } = tf.memory();
      const y = tf.clone(x);
      const shared = tf.memory().numDataBuffers;
      x.dispose();
      return [numDataBuffers, shared, y] as const;
    });
    expect(after).toBe(before);
    expect(found.arraySync()).toEqual([1, 4, 9]);
  });
});
