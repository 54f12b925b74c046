import { SOFTMAX_CROSS_ENTROPY } from "@muir/ops";
import { exact, law, normal } from "@muir/test-kit";
import { crossEntropy, type Loss, meanSquaredError } from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { compute, everyComputation, standardOps } from "./backends.js";
import { labels, sizes, stackedOrAlone } from "./stacked.js";

afterAll(standardOps);

/** The loss of stacked tasks beside those of each alone. */
function expectSeparate(
  loss: Loss,
  { outputs, targets }: Record<"outputs" | "targets", tf.Tensor[]>,
) {
  const stack = (rows: tf.Tensor[]) => (rows.length === 1 ? rows[0]! : tf.stack(rows));
  const together = loss.of(stack(outputs), stack(targets), outputs.length);
  expect(together.shape).toEqual([outputs.length]);
  const alone = outputs.map((row, i) => loss.of(row, targets[i]!, 1));
  expect(together).toBeCloseToTensor(tf.concat(alone));
}

describe("meanSquaredError", () => {
  test("is the mean over examples and outputs, for each stacked task", () => {
    const outputs = tf.tensor3d([1, 2, 3, 4], [2, 2, 1]);
    expect(meanSquaredError.of(outputs, tf.zerosLike(outputs), 2).arraySync()).toEqual([2.5, 12.5]);
    expect(meanSquaredError.of(tf.tensor2d([[3, 1]]), tf.zeros([1, 2]), 1).arraySync()).toEqual([
      5,
    ]);
  });

  test("takes a number for each output", () => {
    expect(meanSquaredError.targets([3, 2])).toEqual({ shape: [3, 2] });
  });

  law("of stacked tasks is that of each alone", sizes, ({ seed, tasks, examples, width }) => {
    const rows = (from: number) => stackedOrAlone(tasks, (i) => exact([examples, width], from + i));
    expectSeparate(meanSquaredError, { outputs: rows(seed), targets: rows(seed + 50) });
  });
});

describe("crossEntropy", () => {
  test("takes a label for each row of logits", () => {
    expect(crossEntropy.targets([10])).toEqual({ shape: [], classes: 10 });
    expect(crossEntropy.targets([35, 33_278])).toEqual({ shape: [35], classes: 33_278 });
    expect(() => crossEntropy.targets([])).toThrow("must be logits, [..., classes]; got [].");
  });

  describe.each(everyComputation)("with %s", (way) => {
    test("is minus the logarithm of what the right class is given, on average", async () => {
      await compute(way);
      // softmax: 1/4 and 3/4; 1/2 and 1/2
      const logits = tf.tensor2d([0, Math.log(3), 7, 7], [2, 2]);
      const loss = crossEntropy.of(logits, tf.tensor1d([0, 1], "int32"), 1);
      expect(loss).toBeCloseToTensor(tf.tensor1d([(Math.log(4) + Math.log(2)) / 2]));
    });

    test("counts every step of a sequence", async () => {
      await compute(way);
      const logits = normal([2, 3, 5], 1);
      const words = tf.tensor2d([0, 1, 2, 3, 4, 0], [2, 3], "int32");
      const asRows = crossEntropy.of(tf.reshape(logits, [6, 5]), tf.reshape(words, [6]), 1);
      expect(crossEntropy.of(logits, words, 1)).toBeCloseToTensor(asRows, { rtol: 0, atol: 0 });
    });

    const sequences = fc.record({ time: fc.option(fc.integer({ min: 1, max: 4 })), sizes });
    law("of stacked tasks is that of each alone", sequences, async ({ time, sizes }) => {
      await compute(way);
      const { seed, tasks, examples, width } = sizes;
      const lead = time === null ? [examples] : [examples, time];
      const outputs = stackedOrAlone(tasks, (i) => normal([...lead, width], seed + i));
      const targets = stackedOrAlone(tasks, (i) => labels(lead, { below: width, seed: seed + i }));
      expectSeparate(crossEntropy, { outputs, targets });
    });
  });

  test("makes no copy of the logits on wasm: it reads them in another shape, and that is all", async () => {
    await compute("wasm, two threads");
    const logits = tf.zeros([20, 35, 100]);
    const words = tf.zeros([20, 35], "int32");
    const { kernels } = await tf.profile(() => crossEntropy.of(logits, words, 1));
    const names = new Set(kernels.map(({ name }) => name));
    names.delete("unnamed scope"); // what TensorFlow.js calls an op with a gradient of its own
    expect(names).toEqual(new Set(["Reshape", SOFTMAX_CROSS_ENTROPY]));
  });
});
