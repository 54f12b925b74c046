import { BATCH_NORM, batchNormalize } from "@muir/ops";
import { law, normal, seeds } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { onWasm, withWasmKernels } from "./as-on-cpu.js";
import { expectFusedAsComposed } from "./fused-ops.js";

const cases = fc.record({
  outer: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }),
  rows: fc.constantFrom(2, 3, 17),
  channels: fc.integer({ min: 1, max: 21 }),
  activation: fc.constantFrom("linear" as const, "relu" as const),
  seed: seeds(),
});

describe("batch normalization on wasm", () => {
  withWasmKernels();

  law("has the value and the gradients of standard ops", cases, async (given) => {
    const { outer, rows, channels, activation, seed } = given;
    const x = normal([...outer, rows, channels], seed);
    const scale = normal([channels], seed + 1);
    const offset = normal([channels], seed + 2);
    const op = (...[y, s, o]: tf.Tensor[]) =>
      batchNormalize(y!, { scale: s, offset: o, activation } as never).outputs;
    await expectFusedAsComposed(op, [x, scale, offset], {
      kernel: BATCH_NORM,
      upstream: normal(x.shape, seed + 3),
      tolerance: { rtol: 1e-3, atol: 1e-3 }, // few rows may lie close together
    });
  });

  test("over more rows than a block has, gives channels mean 0 and variance 1", async () => {
    const x = tf.add(tf.mul(normal([3000, 5], 1), 3), 1000); // squares would lose their digits
    const found = await onWasm(() => {
      const given = { scale: tf.ones([5]), offset: tf.zeros([5]) } as never;
      const { outputs, mean, variance } = batchNormalize(x, given);
      return [outputs, mean, variance];
    });
    const { mean, variance } = tf.moments(found[0]!, 0);
    expect(mean).toBeCloseToTensor(tf.zeros([5]), { rtol: 0, atol: 1e-4 });
    expect(variance).toBeCloseToTensor(tf.ones([5]), { rtol: 1e-4, atol: 0 });
    expect(found[1]!).toBeCloseToTensor(tf.fill([5], 1000), { rtol: 0, atol: 0.5 });
    expect(found[2]!).toBeCloseToTensor(tf.fill([5], 9), { rtol: 0.2, atol: 0 });
  });

  test("of two rows is 1 and -1, or 0 with relu", async () => {
    const x = tf.tensor2d([
      [1, 10],
      [3, 30],
    ]);
    const given = { scale: tf.ones([2]), offset: tf.zeros([2]), epsilon: 1e-12 } as const;
    const found = await onWasm(() => [
      batchNormalize(x, given as never).outputs,
      batchNormalize(x, { ...given, activation: "relu" } as never).outputs,
    ]);
    expect(found[0]!.arraySync()).toEqual([
      [-1, -1],
      [1, 1],
    ]);
    expect(found[1]!.arraySync()).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });
});
