import { exact, law } from "@muir/test-kit";
import { meanSquaredError, rootMeanSquaredError } from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const cases = fc.record({
  tasks: fc.integer({ min: 1, max: 3 }),
  examples: fc.integer({ min: 2, max: 6 }),
  outputs: fc.integer({ min: 1, max: 3 }),
  seed: fc.noShrink(fc.nat({ max: 1_000_000 })),
});
const shapeOf = ({
  tasks,
  examples,
  outputs,
}: Omit<typeof cases extends fc.Arbitrary<infer T> ? T : never, "seed">) =>
  tasks === 1 ? [examples, outputs] : [tasks, examples, outputs];

describe("meanSquaredError", () => {
  test("is the mean over examples and outputs, for each stacked task", () => {
    const outputs = tf.tensor3d([1, 2, 3, 4], [2, 2, 1]);
    expect(meanSquaredError.of(outputs, tf.zerosLike(outputs), 2).arraySync()).toEqual([2.5, 12.5]);
    expect(meanSquaredError.of(tf.tensor2d([[3, 1]]), tf.zeros([1, 2]), 1).arraySync()).toEqual([
      5,
    ]);
  });

  law("of stacked tasks is that of each alone", cases, ({ seed, ...sizes }) => {
    const shape = shapeOf(sizes);
    const [outputs, targets] = [exact(shape, seed), exact(shape, seed + 1)];
    const together = meanSquaredError.of(outputs, targets, sizes.tasks);
    expect(together.shape).toEqual([sizes.tasks]);
    const rows = (tensor: tf.Tensor) => (sizes.tasks === 1 ? [tensor] : tf.unstack(tensor));
    const alone = rows(outputs).map((row, i) => meanSquaredError.of(row, rows(targets)[i]!, 1));
    expect(together).toBeCloseToTensor(tf.concat(alone));
  });
});

describe("rootMeanSquaredError", () => {
  test("is in the units of the targets", () => {
    const sums = rootMeanSquaredError.sums(tf.tensor2d([[3], [4]]), tf.zeros([2, 1]), 1);
    expect(rootMeanSquaredError.value(sums.dataSync())).toBeCloseTo(Math.sqrt(12.5), 6);
  });

  law("does not depend on how examples are cut into batches", cases, ({ seed, ...sizes }) => {
    const shape = shapeOf(sizes);
    const axis = shape.length - 2;
    const [outputs, targets] = [exact(shape, seed), exact(shape, seed + 1)];
    const cut = [1, sizes.examples - 1];
    const parts = (tensor: tf.Tensor) => tf.split(tensor, cut, axis);
    const sums = (x: tf.Tensor, y: tf.Tensor) => rootMeanSquaredError.sums(x, y, sizes.tasks);
    const added = parts(outputs).map((part, i) => sums(part, parts(targets)[i]!));
    const whole = sums(outputs, targets);
    expect(tf.addN(added)).toBeCloseToTensor(whole, { rtol: 0, atol: 0 });
  });
});
