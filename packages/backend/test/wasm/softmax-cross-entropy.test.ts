import { SOFTMAX_CROSS_ENTROPY, softmaxCrossEntropy } from "@muir/ops";
import { law, normal, seededDraws, seeds } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { onWasm, withWasmKernels } from "./as-on-cpu.js";
import { expectFusedAsComposed } from "./fused-ops.js";

const cases = fc.record({
  groups: fc.integer({ min: 1, max: 3 }),
  rows: fc.integer({ min: 1, max: 9 }),
  classes: fc.integer({ min: 1, max: 70 }),
  spread: fc.constantFrom(0.1, 3, 100),
  seed: seeds(),
});

function draw({ groups, rows, classes, spread, seed }: CaseOf<typeof cases>) {
  const random = seededDraws(seed + 1);
  const labels = Array.from({ length: groups * rows }, () => Math.floor(random() * classes));
  return {
    logits: tf.mul(normal([groups, rows, classes], seed), spread) as tf.Tensor,
    labels: tf.tensor(labels, [groups, rows], "int32"),
    upstream: normal([groups], seed + 2),
  };
}
type CaseOf<A> = A extends fc.Arbitrary<infer T> ? T : never;

describe("softmax cross-entropy on wasm", () => {
  withWasmKernels();

  law("has the value and the gradient of standard ops", cases, async (given) => {
    const { logits, labels, upstream } = draw(given);
    const op = (x: tf.Tensor) => softmaxCrossEntropy(x, labels);
    await expectFusedAsComposed(op, [logits], { kernel: SOFTMAX_CROSS_ENTROPY, upstream });
  });

  law("has a gradient that adds up to nothing in each row", cases, async (given) => {
    const { logits, labels } = draw(given);
    const sums = await onWasm(() => {
      const loss = (x: tf.Tensor) => softmaxCrossEntropy(x, labels);
      return tf.sum(tf.grad(loss)(logits), -1);
    });
    expect(sums).toBeCloseToTensor(tf.zeros(sums.shape), { rtol: 0, atol: 1e-6 });
  });

  test("is ln 4 where four classes are alike", async () => {
    const loss = await onWasm(() =>
      softmaxCrossEntropy(tf.zeros([3, 4]), tf.tensor1d([0, 1, 3], "int32")),
    );
    expect(loss.dataSync()[0]).toBeCloseTo(Math.log(4), 6);
  });

  test("keeps its digits over a vocabulary of words", async () => {
    const classes = 33_278;
    const logits = normal([2, classes], 1);
    const loss = await onWasm(() => softmaxCrossEntropy(logits, tf.tensor1d([7, 9], "int32")));
    const values = [...logits.dataSync()];
    const expected = [7, 9].map((label, row) => {
      const own = values.slice(row * classes, (row + 1) * classes);
      return Math.log(own.reduce((sum, x) => sum + Math.exp(x), 0)) - own[label]!;
    });
    expect(loss.dataSync()[0]).toBeCloseTo((expected[0]! + expected[1]!) / 2, 5);
  });

  test("takes logits that no exponential could hold", async () => {
    const logits = tf.tensor2d([[1000, 0, -1000]]);
    const loss = await onWasm(() => softmaxCrossEntropy(logits, tf.tensor1d([1], "int32")));
    expect(loss.dataSync()[0]).toBe(1000);
  });

  test("passes on what is no number", async () => {
    const logits = tf.tensor2d([[0, Number.NaN, 0, 0, 0]]);
    const loss = await onWasm(() => softmaxCrossEntropy(logits, tf.tensor1d([0], "int32")));
    expect(loss.dataSync()[0]).toBeNaN();
  });

  test.each([-1, 4])("refuses the label %i of four classes", async (label) => {
    const inputs = { logits: tf.zeros([2, 4]), labels: tf.tensor1d([0, label], "int32") };
    const attributes = { groups: 1, gradient: false };
    const run = onWasm(() => tf.engine().runKernel(SOFTMAX_CROSS_ENTROPY, inputs, attributes));
    await expect(run).rejects.toThrow(
      `softmaxCrossEntropy: labels must be in [0, 3]; got ${label}.`,
    );
  });
});
