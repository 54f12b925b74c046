import { SYMBOL_CONVOLUTION_MAX, symbolConvolutionMax } from "@muir/ops";
import { exact, law, seededDraws, seeds } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { equal, onWasm, withWasmKernels } from "./as-on-cpu.js";
import { expectFusedAsComposed } from "./fused-ops.js";

/** Widths that runs of symbols divide and do not, alphabets for runs of 3, 2 and 1, filters around a block. */
const cases = fc.record({
  sequences: fc.integer({ min: 1, max: 4 }),
  beyond: fc.nat({ max: 6 }),
  width: fc.integer({ min: 1, max: 6 }),
  alphabet: fc.constantFrom(1, 2, 5, 8, 9, 22, 23, 30),
  filters: fc.constantFrom(1, 3, 8, 15, 16, 17, 70),
  seed: seeds(),
});

function symbolsOf(shape: [number, number], { alphabet, seed }: Record<string, number>) {
  const random = seededDraws(seed! + 9);
  const drawn = Array.from({ length: shape[0] * shape[1] }, () => Math.floor(random() * alphabet!));
  return tf.tensor2d(drawn, shape, "int32");
}

describe("the maximum of a convolution of symbols on wasm", () => {
  withWasmKernels();

  // small integers: sums are exact, and often equal, so which position wins matters
  law("has the value and the gradients of standard ops", cases, async (given) => {
    const { sequences, beyond, width, alphabet, filters, seed } = given;
    const symbols = symbolsOf([sequences, width + beyond], { alphabet, seed });
    const op = (...[table, bias]: tf.Tensor[]) =>
      symbolConvolutionMax(symbols, { table, bias } as never);
    const inputs = [exact([width, alphabet, filters], seed), exact([filters], seed + 1)];
    await expectFusedAsComposed(op, inputs, {
      kernel: SYMBOL_CONVOLUTION_MAX,
      upstream: exact([sequences, filters], seed + 2),
      tolerance: equal,
    });
  });

  test("finds a motif of two symbols", async () => {
    const table = tf.tensor3d([
      [[0], [1], [0]],
      [[0], [0], [2]],
    ]);
    const symbols = tf.tensor2d(
      [
        [0, 1, 2, 0],
        [2, 2, 0, 1],
      ],
      [2, 4],
      "int32",
    );
    const scores = await onWasm(() =>
      symbolConvolutionMax(symbols, { table, bias: tf.tensor1d([-1]) } as never),
    );
    expect(scores.arraySync()).toEqual([[2], [1]]);
  });

  test("passes on what is no number, in the filter that has it", async () => {
    const table = tf.tensor3d([[[1, Number.NaN]], [[1, 1]]]);
    const symbols = tf.zeros([2, 3], "int32") as tf.Tensor2D;
    const scores = await onWasm(() =>
      symbolConvolutionMax(symbols, { table, bias: tf.zeros([2]) } as never),
    );
    expect([...scores.dataSync()]).toEqual([2, Number.NaN, 2, Number.NaN]);
  });

  test("refuses symbols that are not of the alphabet, and filters wider than the sequence", async () => {
    const run = (symbols: tf.Tensor, width: number) =>
      onWasm(() => {
        const inputs = { symbols, table: tf.zeros([width, 3, 2]), bias: tf.zeros([2]) };
        return tf.engine().runKernel(SYMBOL_CONVOLUTION_MAX, inputs);
      });
    await expect(run(tf.tensor2d([[0, 3]], [1, 2], "int32"), 2)).rejects.toThrow(
      "symbolConvolutionMax: symbols must be in [0, 2]; got 3.",
    );
    await expect(run(tf.tensor2d([[0, 1]], [1, 2], "int32"), 3)).rejects.toThrow(
      "symbolConvolutionMax: width must be from 1 to the 2 symbols of a sequence; got 3.",
    );
  });
});
