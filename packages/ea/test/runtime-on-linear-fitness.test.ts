import {
  decomposedEvolution,
  initialAlignment,
  type LinearFitnessOptions,
  type Random,
  runtimeOnLinearFitness,
} from "@muir/ea";
import { createRandom } from "@muir/random";
import { law, randomSeeds } from "@muir/test-kit";
import { describe, expect, test } from "vitest";
import { expectedRuntime } from "./expected-runtime.js";
import { scripted } from "./scripted.js";
import { sample } from "./statistics.js";

const RUNS = 4000;

/** The same number, by running the search itself. */
function runtimeByEvolution(options: LinearFitnessOptions, random: Random): number {
  const { initial, optimum, parts, weights, maximumIterations = 1e6 } = options;
  const size = initial.length / parts;
  const fitness = (solution: Int32Array, part: number) => {
    let sum = 0;
    for (let location = part * size; location < (part + 1) * size; location++) {
      if (solution[location] === optimum[location]) sum += weights?.[location] ?? 1;
    }
    return sum;
  };
  for (const { iteration, solution } of decomposedEvolution(options, fitness, random)) {
    if (solution.every((value, location) => value === optimum[location])) return iteration;
    if (iteration === maximumIterations) break;
  }
  return Number.POSITIVE_INFINITY;
}

describe("runtimeOnLinearFitness", () => {
  test("is 0 at the optimum", () => {
    const setting = { initial: new Int32Array(4), optimum: new Int32Array(4), values: 2, parts: 2 };
    const random = createRandom(1);
    expect(runtimeOnLinearFitness({ ...setting, sampling: "uniform" }, random)).toBe(0);
    expect(runtimeOnLinearFitness({ ...setting, sampling: "proportional" }, random)).toBe(0);
  });

  test("counts two iterations where a heavy location is mended before a light one", () => {
    const initial = Int32Array.of(1, 0);
    const setting = { initial, optimum: new Int32Array(2), values: 2, parts: 1 };
    // iteration 1 resamples both, 0 becomes right and 1 wrong; iteration 2 only 1, to be right
    const draws = [0, 0, 0, 0.9, 0.5, 0, 0]; // gap, value, gap, value, ...
    const run = (weights: Float64Array) =>
      runtimeOnLinearFitness({ ...setting, sampling: "uniform", weights }, scripted(...draws));
    expect(run(Float64Array.of(2, 1))).toBe(2);
    expect(() => run(Float64Array.of(1, 1))).toThrow("more draws than expected"); // a tie changes nothing
  });

  test("of D = L under uniform sampling is the slowest of L geometric waits", () => {
    const [locations, values] = [6, 4];
    let expected = 0;
    for (let t = 0; t < 1000; t++) expected += 1 - (1 - (1 - 1 / values) ** t) ** locations;
    const oracle = expectedRuntime(Array(locations).fill(0), { size: 1, hit: () => 1 / values });
    expect(oracle).toBeCloseTo(expected, 9);
  });

  const uniform = { values: 3, sampling: "uniform" } as const;
  const proportional = { values: 6, sampling: "proportional" } as const;
  const ones = new Float64Array(6).fill(1);
  const simulations = [
    ["skipping", runtimeOnLinearFitness],
    [
      "mutating",
      (o: LinearFitnessOptions, r: Random) => runtimeOnLinearFitness({ ...o, weights: ones }, r),
    ],
    ["evolving", runtimeByEvolution],
  ] as const;
  for (const parts of [1, 2, 3, 6]) {
    for (const { values, sampling } of [uniform, proportional]) {
      for (const [way, simulate] of simulations) {
        test(`of ${parts} parts is right on average when ${sampling}, ${way}`, () => {
          // one location is right; value 0 is best everywhere
          const initial = Int32Array.from({ length: 6 }, (_, l) => Math.min(l, values - 1));
          const optimum = new Int32Array(6);
          const size = 6 / parts;
          const right = Array.from({ length: parts }, (_, part) => (part === 0 ? 1 : 0));
          const hit = (n: number) => (sampling === "uniform" ? 1 / values : n / 6);
          const expected = expectedRuntime(right, { size, hit });
          const random = createRandom(11);
          const setting = { initial, optimum, values, parts, sampling };
          const { mean, error } = sample(() => simulate(setting, random), RUNS);
          expect(Math.abs(mean - expected)).toBeLessThan(4 * error);
          expect(error).toBeLessThan(0.02 * expected);
        });
      }
    }
  }

  const mixed = {
    // heavy locations outvote light ones
    weights: {
      initial: new Int32Array(6).fill(1),
      optimum: new Int32Array(6),
      weights: Float64Array.of(1, 2, 4, 8, 16, 32),
      values: 2,
      parts: 1,
      sampling: "uniform",
    },
    // 1 stands at location 0 only, and may be lost to a better value but not to an equal one
    "values to lose": {
      initial: Int32Array.of(1, 0, 2),
      optimum: Int32Array.of(0, 1, 0),
      values: 3,
      parts: 3,
      sampling: "proportional",
    },
    groups: {
      initial: Int32Array.of(0, 1, 2, 3, 0, 1),
      optimum: Int32Array.of(0, 1, 0, 1, 0, 1),
      values: 4,
      parts: 2,
      sampling: "proportional",
    },
  } as const;
  test.each(Object.entries(mixed))("is that of the search itself, with %s", (_, setting) => {
    const way = (simulate: typeof runtimeOnLinearFitness, seed: number) => {
      const random = createRandom(seed);
      // a value that is lost never comes back: capped, so that how often that happens counts too
      const time = () => Math.min(150, simulate({ ...setting, maximumIterations: 150 }, random));
      return sample(time, RUNS);
    };
    const fast = way(runtimeOnLinearFitness, 12);
    const slow = way(runtimeByEvolution, 13);
    expect(Math.abs(fast.mean - slow.mean)).toBeLessThan(4 * Math.hypot(fast.error, slow.error));
  });

  law("repeats itself for the same seed and changes nothing it is given", randomSeeds(), (seed) => {
    const initial = initialAlignment("disjoint", { locations: 12, modules: 12 });
    const optimum = new Int32Array(12);
    for (const sampling of ["uniform", "proportional"] as const) {
      const setting = { initial, optimum, values: 12, parts: 4, sampling };
      const run = () => runtimeOnLinearFitness(setting, createRandom(seed));
      expect(run()).toBe(run());
      expect(Number.isInteger(run())).toBe(true);
    }
    expect(initial).toEqual(initialAlignment("disjoint", { locations: 12, modules: 12 }));
    expect(optimum).toEqual(new Int32Array(12));
  });

  const lost = {
    initial: Int32Array.of(1, 1),
    optimum: Int32Array.of(0, 1),
    values: 2,
    parts: 2,
  };
  test("is infinite where proportional sampling lacks a value", () => {
    const setting = { ...lost, sampling: "proportional" } as const;
    expect(runtimeOnLinearFitness(setting, createRandom(1))).toBe(Number.POSITIVE_INFINITY);
  });

  test("is infinite once a needed value is lost on the way", () => {
    // each location holds what the other needs: both must change in the same iteration
    const swap = { initial: Int32Array.of(1, 0), optimum: Int32Array.of(0, 1) };
    const setting = { ...swap, values: 2, parts: 2, sampling: "proportional" } as const;
    const random = createRandom(14);
    const reached = () => (runtimeOnLinearFitness(setting, random) < Infinity ? 1 : 0);
    const { mean, error } = sample(reached, RUNS);
    expect(Math.abs(mean - 1 / 3)).toBeLessThan(4 * error); // both 1/4, neither 1/4, one alone 1/2
  });

  law("is infinite beyond maximumIterations, and the same before", randomSeeds(), (seed) => {
    const initial = initialAlignment("disjoint", { locations: 8, modules: 8 });
    const optimum = new Int32Array(8);
    for (const sampling of ["uniform", "proportional"] as const) {
      const setting = { initial, optimum, values: 8, parts: 8, sampling };
      const run = (maximumIterations: number) =>
        runtimeOnLinearFitness({ ...setting, maximumIterations }, createRandom(seed));
      const time = runtimeOnLinearFitness(setting, createRandom(seed));
      expect(run(time)).toBe(time);
      expect(time > 1 ? run(time - 1) : Number.POSITIVE_INFINITY).toBe(Number.POSITIVE_INFINITY);
    }
  });

  test.each([
    [{ parts: 3 }, RangeError, "parts must divide the number of locations; got 3 parts of 2"],
    [{ parts: 0 }, RangeError, "parts must be a positive integer; got 0"],
    [{ values: 1 }, RangeError, "initial must hold integers from 0 to 0; got 1 at location 0"],
    [{ optimum: Int32Array.of(0, 2) }, RangeError, "optimum must hold integers from 0 to 1; got 2"],
    [{ optimum: Int32Array.of(0) }, RangeError, "optimum must have one entry for each of the 2"],
    [{ weights: Float64Array.of(1) }, RangeError, "weights must have one entry for each of the 2"],
    [{ weights: Float64Array.of(1, 0) }, RangeError, "weights must be positive numbers; got 0 at"],
    [{ maximumIterations: 0 }, RangeError, "maximumIterations must be a positive integer; got 0"],
    [{ initial: [0, 1] as unknown as Int32Array }, TypeError, "initial must be an Int32Array"],
  ])("rejects %j", (wrong, kind, message) => {
    const run = () =>
      runtimeOnLinearFitness({ ...lost, sampling: "uniform", ...wrong }, createRandom(1));
    expect(run).toThrow(kind);
    expect(run).toThrow(`runtimeOnLinearFitness: ${message}`);
  });
});
