import { type Dataset, type KangRegressionOptions, kangRegression } from "@muir/data";
import { createRandom } from "@muir/random";
import { law, randomSeeds } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { leastNorm } from "./least-norm.js";

const everything = ({ size }: Dataset) => Int32Array.from({ length: size }, (_, i) => i);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const sizes = fc.record({
  seed: randomSeeds(),
  groups: fc.integer({ min: 1, max: 3 }),
  tasksPerGroup: fc.integer({ min: 1, max: 4 }),
  inputs: fc.integer({ min: 1, max: 5 }),
  train: fc.integer({ min: 1, max: 4 }),
  validation: fc.integer({ min: 1, max: 3 }),
  test: fc.integer({ min: 1, max: 4 }),
});
type Sizes = typeof sizes extends fc.Arbitrary<infer T> ? T : never;
const draw = ({ seed, ...options }: Sizes, more: Partial<KangRegressionOptions> = {}) =>
  kangRegression({ ...options, ...more, random: createRandom(seed) });

describe("kangRegression", () => {
  test("draws the benchmark of the paper unless told otherwise", () => {
    const { splits, groups, factors, vectors } = kangRegression({ random: createRandom(7) });
    const { train, validation, test } = splits;
    expect([train, validation, test].map(({ size }) => size)).toEqual([10, 5, 50]);
    const { inputs, targets } = train.batch(everything(train));
    expect([inputs.shape, targets.shape]).toEqual([
      [30, 10, 20],
      [30, 10, 1],
    ]);
    expect(vectors.shape).toEqual([3, 20]);
    expect(factors.length).toBe(30);
    expect([groups[0], groups[9], groups[10], groups[29]]).toEqual([0, 0, 1, 2]);
  });

  test("has no task axis for one task", () => {
    const { splits } = kangRegression({ groups: 1, tasksPerGroup: 1, random: createRandom(7) });
    expect(splits.train.batch(Int32Array.of(0)).inputs.shape).toEqual([1, 20]);
  });

  law(
    "has clean targets that are the inputs times factor and vector, to float32",
    sizes,
    (given) => {
      const { data, groups, factors, vectors } = draw(given);
      for (const [x, y] of [
        [data.trainInputs, data.trainTargets],
        [data.testInputs, data.testTargets],
      ] as const) {
        const samples = x.shape[1]!;
        y.data.forEach((target, i) => {
          const task = Math.floor(i / samples);
          const input = x.data.subarray(i * given.inputs, (i + 1) * given.inputs);
          const vector = vectors.data.subarray(groups[task]! * given.inputs);
          const product = input.reduce((sum, value, j) => sum + value * vector[j]!, 0);
          const length = Math.hypot(...input) * Math.hypot(...vector) * factors[task]!;
          expect(Math.abs(target - factors[task]! * product)).toBeLessThanOrEqual(length * 1e-6);
        });
      }
    },
  );

  law("draws inputs from [-1, 1]", sizes, (given) => {
    const { data } = draw(given);
    expect([...data.trainInputs.data, ...data.testInputs.data].every((x) => Math.abs(x) <= 1)).toBe(
      true,
    );
  });

  law("follows from the seed alone", sizes, (given) => {
    const noise = { noiseVariance: 0.1 };
    expect(draw(given, noise).data).toEqual(draw(given, noise).data);
  });

  law("only splits the source it is given: earlier draws change nothing", sizes, (given) => {
    const { seed, ...counts } = given;
    const random = createRandom(seed);
    const before = random.state();
    const { data } = kangRegression({ ...counts, noiseVariance: 0.1, random });
    expect(random.state()).toEqual(before);
    expect(data).toEqual(draw(given, { noiseVariance: 0.1 }).data);
  });

  law(
    "shares inputs, truth and clean targets between the clean and noisy variants",
    sizes,
    (given) => {
      const clean = draw(given);
      const noisy = draw(given, { noiseVariance: 0.1 });
      expect(noisy.data).toMatchObject(clean.data);
      expect([noisy.vectors, noisy.factors]).toEqual([clean.vectors, clean.factors]);
      const { test } = noisy.splits;
      expect(test.batch(everything(test)).targets.data).toEqual(noisy.data.noisyTestTargets?.data);
      expect(noisy.data.noisyTestTargets?.data).not.toEqual(clean.data.testTargets.data);
    },
  );

  law("draws the same training samples whatever the number of test samples", sizes, (given) => {
    expect(draw(given, { test: 9 }).data.trainInputs).toEqual(draw(given).data.trainInputs);
  });

  law("can space the factors of every group in equal ratios", sizes, (given) => {
    const { factors } = draw(given, { decades: 2, scale: 5, spacing: "logarithmic" });
    const step = 2 / Math.max(1, given.tasksPerGroup - 1);
    for (let group = 0; group < given.groups; group++) {
      const own = factors.slice(group * given.tasksPerGroup, (group + 1) * given.tasksPerGroup);
      own
        .sort()
        .reverse()
        .forEach((factor, place) => {
          expect(Math.log10(factor / 5)).toBeCloseTo(-step * place, 5);
        });
    }
  });

  law("spaces them evenly by default, from the largest to the smallest", sizes, (given) => {
    const { factors } = draw(given, { decades: 1, scale: 5 });
    const places = Math.max(1, given.tasksPerGroup - 1);
    const expected = Array.from({ length: given.tasksPerGroup }, (_, i) => 5 - (4.5 * i) / places);
    for (let group = 0; group < given.groups; group++) {
      const own = factors.slice(group * given.tasksPerGroup, (group + 1) * given.tasksPerGroup);
      own
        .sort()
        .reverse()
        .forEach((factor, place) => {
          expect(factor).toBeCloseTo(expected[place]!, 5);
        });
    }
  });

  test("spreads them over 1.5 decades up to 1.5 by default, in another order for each group", () => {
    const { factors } = kangRegression({ random: createRandom(7) });
    expect(Math.max(...factors)).toBe(1.5);
    expect(Math.log10(Math.max(...factors) / Math.min(...factors))).toBeCloseTo(1.5, 5);
    const orders = [0, 10, 20].map((start) => String(factors.slice(start, start + 10)));
    expect(new Set(orders).size).toBe(3);
  });

  test("adds noise of mean 0 and the variance asked for, to training and test targets alike", () => {
    const { data } = kangRegression({
      random: createRandom(7),
      noiseVariance: 0.1,
      train: 500,
      test: 500,
    });
    for (const [noisy, clean] of [
      [data.noisyTrainTargets, data.trainTargets],
      [data.noisyTestTargets, data.testTargets],
    ] as const) {
      const noise = [...clean.data].map((value, i) => noisy!.data[i]! - value);
      // five standard errors at 15,000 draws
      expect(Math.abs(mean(noise))).toBeLessThan(0.013);
      expect(Math.abs(mean(noise.map((x) => x * x)) - 0.1)).toBeLessThan(0.006);
    }
  });

  test("leaves each task alone near the paper's 1.35 and 1.49, by least-norm learning", () => {
    const rmse = (noiseVariance: number) => {
      const errors = Array.from({ length: 100 }, (_, seed) =>
        leastNormErrors(kangRegression({ random: createRandom(seed), noiseVariance }).splits),
      );
      return {
        overTasks: mean(errors.map((squares) => mean(squares.map(Math.sqrt)))).toFixed(2),
        pooled: mean(errors.map((squares) => Math.sqrt(mean(squares)))).toFixed(2),
      };
    };
    expect(rmse(0)).toEqual({ overTasks: "1.38", pooled: "1.64" });
    expect(rmse(0.1)).toEqual({ overTasks: "1.49", pooled: "1.71" });
  });

  test("rejects options out of range", () => {
    const make = (options: Partial<KangRegressionOptions>) => () =>
      kangRegression({ random: createRandom(7), ...options });
    expect(make({ groups: 0 })).toThrow(
      "kangRegression: groups must be a positive integer; got 0.",
    );
    expect(make({ validation: 0 })).toThrow("validation must be a positive integer; got 0");
    expect(make({ inputs: 1.5 })).toThrow("inputs must be a positive integer; got 1.5");
    expect(make({ noiseVariance: -1 })).toThrow("noiseVariance must be a finite number");
    expect(make({ decades: Number.NaN })).toThrow("decades must be a finite number");
    expect(make({ scale: 0 })).toThrow("scale must be above 0");
  });
});

/** Each task's mean squared test error when it learns alone, by the least-norm solution. */
function leastNormErrors({ train, test }: { train: Dataset; test: Dataset }): number[] {
  const width = train.inputShape[0]!;
  const [known, asked] = [train, test].map((part) => part.batch(everything(part))) as [
    ReturnType<Dataset["batch"]>,
    ReturnType<Dataset["batch"]>,
  ];
  return Array.from({ length: train.tasks }, (_, task) => {
    const rows = (data: ArrayLike<number>, size: number, columns: number) =>
      Array.from({ length: size }, (_, i) =>
        Array.from({ length: columns }, (_, j) => data[(task * size + i) * columns + j]!),
      );
    const weights = leastNorm(
      rows(known.inputs.data, train.size, width),
      rows(known.targets.data, train.size, 1).flat(),
    );
    const errors = rows(asked.inputs.data, test.size, width).map(
      (x, i) =>
        x.reduce((sum, value, j) => sum + value * weights[j]!, 0) -
        asked.targets.data[task * test.size + i]!,
    );
    return mean(errors.map((error) => error * error));
  });
}
