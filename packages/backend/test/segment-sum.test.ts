import { useBackend } from "@muir/backend";
import { exact, law, numbered, seeds } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";

const cases = fc.record({
  ids: fc.array(fc.integer({ min: -1, max: 5 }), { minLength: 1, maxLength: 12 }),
  row: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
  segments: fc.integer({ min: 1, max: 5 }),
  seed: seeds(),
});

describe("unsortedSegmentSum on cpu", () => {
  beforeAll(async () => {
    await useBackend("cpu");
  });

  law("adds each row to its segment, if it has one", cases, ({ ids, row, segments, seed }) => {
    const x = exact([ids.length, ...row], seed);
    const found = tf.unsortedSegmentSum(x, tf.tensor1d(ids, "int32"), segments);
    const membership = Array.from({ length: segments }, (_, s) =>
      ids.map((id) => (id === s ? 1 : 0)),
    );
    const rows = tf.reshape(x, [ids.length, -1]) as tf.Tensor2D;
    const expected = tf.reshape(tf.matMul(tf.tensor2d(membership), rows), [segments, ...row]);
    expect(found).toBeCloseToTensor(expected, { rtol: 0, atol: 0 });
  });

  test("wants an id for each row", () => {
    const before = tf.memory().numTensors;
    for (const count of [2, 5]) {
      const ids = tf.zeros([count], "int32") as tf.Tensor1D;
      expect(() => tf.unsortedSegmentSum(tf.ones([3, 2]), ids, 2)).toThrow(
        `unsortedSegmentSum: segmentIds must have an id for each of the 3 rows of x, [3,2]; got [${count}].`,
      );
    }
    expect(tf.memory().numTensors - before).toBe(4); // what was given
  });

  test("sums rows readable by eye", () => {
    const ids = tf.tensor1d([1, 0, 1], "int32");
    expect(tf.unsortedSegmentSum(numbered([3, 2]), ids, 2).arraySync()).toEqual([
      [2, 3],
      [4, 6],
    ]);
  });

  test("takes the gradient of an embedding of many words in one pass over the batch", () => {
    const words = 200_000; // at one pass a word this would take minutes
    const tokens = tf.tensor1d([3, 7, 3], "int32");
    const gradient = tf.grad((x: tf.Tensor) => tf.gather(x, tokens))(tf.zeros([words, 2]));
    expect(tf.sum(gradient).dataSync()[0]).toBe(6);
    expect([...gradient.dataSync().slice(6, 8)]).toEqual([2, 2]);
  });
});
