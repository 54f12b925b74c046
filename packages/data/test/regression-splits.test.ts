import { type FloatArray, isDataError, type RegressionData, regressionSplits } from "@muir/data";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

/** Every number is its own place. */
const numbered = (...shape: number[]): FloatArray => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i),
});

const dataOf = ({ tasks = 2, samples = 4, test = 3, inputs = 2 } = {}): RegressionData => ({
  trainInputs: numbered(tasks, samples, inputs),
  trainTargets: numbered(tasks, samples),
  testInputs: numbered(tasks, test, inputs),
  testTargets: numbered(tasks, test),
});

const sizes = fc.record({
  tasks: fc.integer({ min: 1, max: 4 }),
  samples: fc.integer({ min: 2, max: 6 }),
  test: fc.integer({ min: 1, max: 6 }),
  inputs: fc.integer({ min: 1, max: 3 }),
});
const everything = (size: number) => Int32Array.from({ length: size }, (_, i) => i);

describe("regressionSplits", () => {
  test("keeps the last samples of each task for validation", () => {
    const { train, validation } = regressionSplits(dataOf(), { validation: 1 });
    expect([train.size, validation.size, train.tasks]).toEqual([3, 1, 2]);
    expect(validation.batch(Int32Array.of(0))).toEqual({
      inputs: { shape: [2, 1, 2], data: Float32Array.of(6, 7, 14, 15) },
      targets: { shape: [2, 1, 1], data: Float32Array.of(3, 7) },
      size: 1,
    });
  });

  test("has no task axis for a single task", () => {
    const { test } = regressionSplits(dataOf({ tasks: 1 }), { validation: 1 });
    const { inputs, targets } = test.batch(Int32Array.of(2));
    expect([inputs.shape, targets.shape, test.tasks]).toEqual([[1, 2], [1, 1], 1]);
  });

  test("takes noisy targets where asked", () => {
    const noisy = { shape: [2, 3], data: new Float32Array(6).fill(9) };
    const data = { ...dataOf(), noisyTrainTargets: numbered(2, 4), noisyTestTargets: noisy };
    const { test } = regressionSplits(data, { validation: 1, noisy: true });
    expect(test.batch(everything(3)).targets.data).toEqual(noisy.data);
  });

  law("gives every training sample to exactly one of train and validation", sizes, (given) => {
    const data = dataOf(given);
    const validation = 1 + ((given.samples * given.test) % (given.samples - 1));
    const splits = regressionSplits(data, { validation });
    const targets = [splits.train, splits.validation].flatMap((part) => [
      ...part.batch(everything(part.size)).targets.data,
    ]);
    expect(targets.sort((a, b) => a - b)).toEqual([...data.trainTargets.data]);
    expect(splits.validation.size).toBe(validation);
  });

  const rejected: [string, Partial<RegressionData>, string][] = [
    [
      "a wrong rank",
      { trainInputs: numbered(2, 4) },
      "trainInputs: the shape must be [tasks, samples, inputs]; got [2,4].",
    ],
    [
      "no tasks",
      { trainTargets: numbered(0, 4) },
      "there must be at least one task; got shape [0,4]",
    ],
    ["no samples", { testInputs: numbered(2, 0, 2) }, "there must be at least one sample"],
    ["no inputs", { trainInputs: numbered(2, 4, 0) }, "there must be at least one input"],
    [
      "samples that disagree",
      { trainTargets: numbered(2, 5) },
      "trainTargets: shape [2,5] must have the 4 samples of trainInputs, whose shape is [2,4,2]; got 5.",
    ],
    ["tasks that disagree", { testTargets: numbered(3, 3) }, "must have the 2 tasks of testInputs"],
    [
      "inputs that disagree",
      { testInputs: numbered(2, 3, 3) },
      "testInputs: shape [2,3,3] must have the 2 inputs of trainInputs",
    ],
    [
      "data shorter than its shape",
      { trainTargets: { shape: [2, 4], data: new Float32Array(3) } },
      "trainTargets: shape [2,4] takes 8 numbers; got 3.",
    ],
    [
      "NaN",
      { testInputs: { shape: [2, 3, 2], data: numbered(2, 3, 2).data.with(9, Number.NaN) } },
      "testInputs: every value must be finite; got NaN at [1, 1, 1] (task, sample, input).",
    ],
    [
      "infinity",
      { trainTargets: { shape: [2, 4], data: numbered(2, 4).data.with(6, -Infinity) } },
      "trainTargets: every value must be finite; got -Infinity at [1, 2] (task, sample).",
    ],
    [
      "half of the noisy arrays",
      { noisyTrainTargets: numbered(2, 4) },
      "noisyTestTargets: missing, but noisyTrainTargets is there.",
    ],
  ];
  test.each(rejected)("rejects %s", (_, change, message) => {
    const split = () => regressionSplits({ ...dataOf(), ...change }, { validation: 1 });
    expect(split).toThrow(message);
    expect(split).toThrow(expect.toSatisfy(isDataError));
  });

  test("rejects a validation split that leaves nothing to train on", () => {
    expect(() => regressionSplits(dataOf(), { validation: 4 })).toThrow(
      "its 4 samples a task leave none to train on when 4 validate. Lower validation to at most 3",
    );
    expect(() => regressionSplits(dataOf(), { validation: 0 })).toThrow(
      "validation must be a positive integer; got 0",
    );
  });

  test("rejects noisy targets that are not there", () => {
    expect(() => regressionSplits(dataOf(), { validation: 1, noisy: true })).toThrow(
      "noisyTrainTargets: missing, but noisy targets were asked for.",
    );
  });
});
