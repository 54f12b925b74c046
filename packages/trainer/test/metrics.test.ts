import { exact, law, normal } from "@muir/test-kit";
import {
  type BatchMetric,
  correlation,
  crossEntropy,
  errorPercent,
  meanSquaredErrorMetric,
  perplexity,
  rootMeanSquaredError,
} from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compute, everyComputation, standardOps } from "./backends.js";
import { labels, sizes, stackedOrAlone } from "./stacked.js";

/** The metric of each stacked task, over batches that were cut off one after the other. */
function measured(
  metric: BatchMetric,
  { outputs, targets, cuts, tasks = 1 }: Measured & { cuts?: number[]; tasks?: number },
): number[] {
  const axis = tasks === 1 ? 0 : 1;
  const parts = (tensor: tf.Tensor) => (cuts ? tf.split(tensor, cuts, axis) : [tensor]);
  const theirs = parts(targets);
  const numbers = parts(outputs).map(
    (part, i) => metric.measure(part, theirs[i]!, tasks).arraySync() as number[][],
  );
  return Array.from({ length: tasks }, (_, task) => metric.value(numbers.map((row) => row[task]!)));
}

interface Measured {
  readonly outputs: tf.Tensor;
  readonly targets: tf.Tensor;
}

const column = (...values: number[]) => tf.tensor2d(values, [values.length, 1]);
const all: [BatchMetric, "numbers" | "labels"][] = [
  [rootMeanSquaredError, "numbers"],
  [meanSquaredErrorMetric, "numbers"],
  [correlation, "numbers"],
  [errorPercent, "labels"],
];

describe.each(everyComputation)("with %s", (way) => {
  beforeAll(() => compute(way));
  afterAll(standardOps);

  test("errors are in the units of the targets, or their squares", () => {
    const given = { outputs: column(3, 4), targets: column(0, 0) };
    expect(measured(rootMeanSquaredError, given)[0]).toBeCloseTo(Math.sqrt(12.5), 6);
    expect(measured(meanSquaredErrorMetric, given)).toEqual([12.5]);
  });

  test("errorPercent counts rows whose largest logit is another's", () => {
    const outputs = tf.tensor2d([1, 2, 0, 5, 4, 3, 0, 0, 1, -1, -2, -3], [4, 3]);
    const targets = tf.tensor1d([1, 1, 2, 0], "int32");
    expect(measured(errorPercent, { outputs, targets })).toEqual([25]);
    const steps = { outputs: tf.reshape(outputs, [2, 2, 3]), targets: tf.reshape(targets, [2, 2]) };
    expect(measured(errorPercent, steps)).toEqual([25]);
  });

  test("errorPercent takes the first of several logits that are equally large", () => {
    const outputs = tf.ones([2, 3]);
    expect(measured(errorPercent, { outputs, targets: tf.tensor1d([0, 1], "int32") })).toEqual([
      50,
    ]);
  });

  test("correlation tells the direction, not the scale", () => {
    const x = column(1, 2, 4);
    const value = (y: tf.Tensor) => measured(correlation, { outputs: x, targets: y })[0];
    expect(value(column(10, 20, 40))).toBeCloseTo(1, 6);
    expect(value(column(-1, -2, -4))).toBeCloseTo(-1, 6);
    expect(value(column(1, -2, 1))).toBeCloseTo(1 / Math.sqrt(28), 6); // 1 / sqrt(14/3 6)
  });

  test("correlation is no number where one side is constant", () => {
    const constant = { outputs: column(0.1, 0.1, 0.1, 0.1, 0.1), targets: column(1, 5, 2, 4, 3) };
    expect(measured(correlation, { ...constant, cuts: [2, 3] })).toEqual([Number.NaN]);
  });

  const shifts = fc.record({
    mean: fc.constantFrom(0, 1, 1000, -20_000),
    link: fc.constantFrom(0, 0.5, -2),
    cuts: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 }),
    seed: fc.noShrink(fc.nat({ max: 1_000_000 })),
  });
  law(
    "correlation is what double precision finds, however far the mean is off",
    shifts,
    (given) => {
      const { mean, link, cuts, seed } = given;
      const rows = cuts.reduce((sum, size) => sum + size, 0) + 2;
      const x = normal([rows, 1], seed);
      const outputs = tf.add(x, mean);
      const targets = tf.add(tf.add(tf.mul(x, link), normal([rows, 1], seed + 1)), -mean);
      const [found] = measured(correlation, { outputs, targets, cuts: [2, ...cuts] });
      expect(found).toBeCloseTo(inDoubles(outputs.dataSync(), targets.dataSync()), 5);
    },
  );

  test.each(all)("$name gives each stacked task what it has alone", (metric, kind) => {
    const outputs = stackedOrAlone(3, (i) => exact([6, 4], i + 1));
    const targets = stackedOrAlone(3, (i) =>
      kind === "labels" ? labels([6], { below: 4, seed: i }) : exact([6, 4], i + 60),
    );
    const together = { outputs: tf.stack(outputs), targets: tf.stack(targets), tasks: 3 };
    const alone = outputs.map(
      (row, i) => measured(metric, { outputs: row, targets: targets[i]! })[0],
    );
    expect(tf.tensor1d(measured(metric, together))).toBeCloseToTensor(
      tf.tensor1d(alone as number[]),
    );
  });
});

const cuts = sizes.chain((given) =>
  fc.record({ given: fc.constant(given), at: fc.integer({ min: 1, max: given.examples - 1 }) }),
);
describe.each(all)("$name", (metric, kind) => {
  law("does not depend on how examples are cut into batches", cuts, ({ given, at }) => {
    const { examples, width, seed } = given;
    const targets =
      kind === "labels"
        ? labels([examples], { below: width, seed })
        : exact([examples, width], seed + 9);
    const whole = { outputs: exact([examples, width], seed), targets };
    const [expected] = measured(metric, whole);
    const [found] = measured(metric, { ...whole, cuts: [at, examples - at] });
    if (Number.isNaN(expected)) expect(found).toBeNaN();
    else expect(found).toBeCloseTo(expected!, 6);
  });
});

describe("perplexity", () => {
  test("is among how many words one would have to guess", () => {
    expect(perplexity.ofLoss(Math.log(50))).toBeCloseTo(50, 10);
    expect(perplexity.loss).toBe(crossEntropy);
  });
});

test("only correlation is better when it is higher", () => {
  const metrics = [...all.map(([metric]) => metric), perplexity];
  expect(metrics.filter(({ better }) => better === "higher")).toEqual([correlation]);
});

/** Pearson's correlation, straight from its definition. */
function inDoubles(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const mean = (of: ArrayLike<number>) => Array.from(of).reduce((a, b) => a + b, 0) / of.length;
  const products = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    Array.from(a).reduce((sum, value, i) => sum + (value - mean(a)) * (b[i]! - mean(b)), 0);
  return products(x, y) / Math.sqrt(products(x, x) * products(y, y));
}
