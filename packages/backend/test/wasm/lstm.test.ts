import { LSTM, lstmSequence } from "@muir/ops";
import { law, normal, seeds } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { onWasm, withWasmKernels } from "./as-on-cpu.js";
import { expectFusedAsComposed } from "./fused-ops.js";

/** Units around the sides of a panel, batches around those of a tile. */
const cases = fc.record({
  time: fc.integer({ min: 1, max: 4 }),
  batch: fc.integer({ min: 1, max: 6 }),
  inputs: fc.integer({ min: 1, max: 5 }),
  units: fc.integer({ min: 1, max: 19 }),
  seed: seeds(),
});

describe("an LSTM on wasm", () => {
  withWasmKernels();

  const sequence = (...[x, kernel, recurrent, bias, hidden, cell]: tf.Tensor[]) =>
    lstmSequence(x as tf.Tensor3D, { kernel, recurrent, bias, hidden, cell } as never);

  law(
    "has the value and the gradients of standard ops",
    cases,
    async ({ time, batch, inputs, units, seed }) => {
      const shapes = [
        [time, batch, inputs],
        [inputs, 4 * units],
        [units, 4 * units],
        [4 * units],
        [batch, units],
        [batch, units],
      ];
      await expectFusedAsComposed(
        (...given) => sequence(...given).outputs,
        shapes.map((shape, i) => normal(shape, seed + i)),
        { kernel: LSTM, upstream: normal([time, batch, units], seed + 6) },
      );
    },
    { runs: 60 },
  );

  test("hands on the state it ended with", async () => {
    const shapes = [[3, 2, 4], [4, 20], [5, 20], [20], [2, 5], [2, 5]];
    const given = shapes.map((shape, i) => normal(shape, i + 1));
    const expected = sequence(...given);
    const found = await onWasm(() => {
      const { outputs, hidden, cell } = sequence(...given);
      return [outputs, hidden, cell];
    });
    expect(found[1]!).toBeCloseToTensor(expected.hidden, { rtol: 1e-5, atol: 1e-6 });
    expect(found[2]!).toBeCloseToTensor(expected.cell, { rtol: 1e-5, atol: 1e-6 });
  });

  test("with gates that are open or shut copies its candidate", async () => {
    // one unit: input and output gates open, forget gate shut, candidate tanh(x)
    const bias = tf.tensor1d([50, -50, 0, 50]);
    const kernel = tf.tensor2d([[0, 0, 1, 0]]);
    const zero = tf.zeros([1, 1]);
    const x = tf.tensor3d([[[0.01]], [[2]]]);
    const outputs = await onWasm(
      () => sequence(x, kernel, tf.zeros([1, 4]), bias, zero, zero).outputs,
    );
    const expected = [0.01, 2].map((value) => Math.tanh(Math.tanh(value)));
    [...outputs.dataSync()].forEach((value, t) => {
      expect(Math.abs(value / expected[t]! - 1)).toBeLessThan(1e-6);
    });
  });
});
