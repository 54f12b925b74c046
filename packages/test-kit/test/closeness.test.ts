import { closeness, law, normal, numbered, seeds } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const exactly = { rtol: 0, atol: 0 };

describe("closeness", () => {
  test("says where the first difference is", () => {
    const moved = tf.tensor2d([0, 1, 2, 3, 9, 8], [2, 3]);
    expect(closeness(moved, numbered([2, 3])).message()).toBe(
      "tensors differ at 2 of 6 entries, first at [1,1]: got 9, expected 4 (rtol 0.00001, atol 0.000001)",
    );
  });

  test("does not compare tensors of different shapes", () => {
    const { pass, message } = closeness(numbered([2, 3]), numbered([3, 2]));
    expect(pass).toBe(false);
    expect(message()).toBe("tensors differ in shape: got [2,3], expected [3,2]");
  });

  test("allows atol + rtol * |expected|", () => {
    const tolerance = { rtol: 0.1, atol: 1 };
    expect(closeness(tf.scalar(22), tf.scalar(20), tolerance).pass).toBe(true);
    expect(closeness(tf.scalar(16.5), tf.scalar(20), tolerance).pass).toBe(false);
  });

  test.each([
    [Number.NaN, Number.NaN, false],
    [0, Number.NaN, false],
    [Number.NaN, 0, false],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, true],
    [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, false],
    [5, Number.POSITIVE_INFINITY, false],
    [Number.POSITIVE_INFINITY, 5, false],
  ])("%s is close to %s: %s", (actual, expected, close) => {
    expect(closeness(tf.scalar(actual), tf.scalar(expected)).pass).toBe(close);
  });

  law("holds between a tensor and itself, exactly", seeds(), (seed) => {
    const tensor = normal([2, 3], seed);
    expect(closeness(tensor, tensor, exactly).pass).toBe(true);
  });

  const places = fc.record({ seed: seeds(), place: fc.nat({ max: 5 }) });
  law("finds the one entry that moved", places, ({ seed, place }) => {
    const tensor = normal([2, 3], seed);
    const moved = Array.from(tensor.dataSync(), (entry, i) => (i === place ? entry + 1 : entry));
    const { pass, message } = closeness(tf.tensor2d(moved, [2, 3]), tensor);
    expect(pass).toBe(false);
    expect(message()).toContain(
      `at 1 of 6 entries, first at [${Math.floor(place / 3)},${place % 3}]`,
    );
  });
});

describe("toBeCloseToTensor", () => {
  test("is registered by the setup", () => {
    expect(tf.scalar(1)).toBeCloseToTensor(tf.scalar(1 + 1e-7));
    expect(tf.scalar(1)).not.toBeCloseToTensor(tf.scalar(2));
    expect(() => expect(tf.scalar(1)).not.toBeCloseToTensor(tf.scalar(1))).toThrow(
      "tensors are equal at every entry",
    );
  });
});
