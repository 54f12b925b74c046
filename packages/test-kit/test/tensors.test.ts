import {
  countTensors,
  exact,
  law,
  normal,
  numbered,
  randomSeeds,
  seededDraws,
} from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";

const exactly = { rtol: 0, atol: 0 };

describe("numbered", () => {
  test("counts in row-major order", () => {
    expect(numbered([2, 3]).arraySync()).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
    expect(numbered([]).arraySync()).toBe(0);
  });
});

describe("exact", () => {
  test("draws each integer from -4 to 4 about equally often", () => {
    const counts = new Map<number, number>();
    for (const entry of exact([9000], 0).dataSync()) {
      counts.set(entry, (counts.get(entry) ?? 0) + 1);
    }
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual([-4, -3, -2, -1, 0, 1, 2, 3, 4]);
    // standard deviation 30
    expect(Math.max(...[...counts.values()].map((n) => Math.abs(n - 1000)))).toBeLessThan(120);
  });

  law("repeats itself for the same seed", randomSeeds(), (seed) => {
    expect(exact([2, 3], seed)).toBeCloseToTensor(exact([2, 3], seed), exactly);
  });

  test("takes 0 as a seed like any other", () => {
    expect(exact([20], 0)).toBeCloseToTensor(exact([20], 0), exactly);
    expect(exact([20], 0)).not.toBeCloseToTensor(exact([20], 1), exactly);
  });
});

describe("normal", () => {
  test("has mean 0 and variance 1", () => {
    const { mean, variance } = tf.moments(normal([20_000], 1));
    expect(Math.abs(mean.dataSync()[0]!)).toBeLessThan(0.03); // standard error 0.007
    expect(Math.abs(variance.dataSync()[0]! - 1)).toBeLessThan(0.04); // standard error 0.01
  });
});

describe("seededDraws", () => {
  law("stay in [0, 1) and do not repeat one another", randomSeeds(), (seed) => {
    const draws = Array.from({ length: 50 }, seededDraws(seed));
    expect(draws.every((u) => u >= 0 && u < 1)).toBe(true);
    expect(new Set(draws).size).toBe(50);
  });
});

describe("countTensors", () => {
  test("counts what a function returns and what it leaks", () => {
    expect(countTensors(() => tf.tidy(() => tf.square(tf.scalar(2))))).toBe(1);
    expect(countTensors(() => tf.square(tf.scalar(2)))).toBe(2);
    expect(countTensors(() => undefined)).toBe(0);
  });

  test("sees tensors that were given up, too", () => {
    const tensor = tf.scalar(1);
    expect(countTensors(() => tf.dispose(tensor))).toBe(-1);
  });

  test("refuses a function that has not finished when it returns", () => {
    expect(() => countTensors(async () => tf.scalar(1))).toThrow(
      "countTensors: run must be synchronous",
    );
  });
});
