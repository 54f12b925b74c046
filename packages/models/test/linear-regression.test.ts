import { linearRegression } from "@muir/models";
import { describeArchitecture } from "@muir/models/laws";
import { createRandom } from "@muir/random";
import { exact, law, randomSeeds } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const context = { training: false, random: createRandom(1), state: {} };
const exactly = { rtol: 0, atol: 0 };

describeArchitecture(linearRegression({ tasks: 30, inputs: 20 }), { batch: 10 });
describeArchitecture(linearRegression({ inputs: 4 }));

describe("linearRegression", () => {
  test("is one product for one task", () => {
    const { outputs } = linearRegression({ inputs: 2 }).apply(
      { weight: tf.tensor3d([10, 1], [1, 2, 1]) },
      tf.tensor2d([
        [1, 2],
        [3, 4],
      ]),
      context,
    );
    expect(outputs.arraySync()).toEqual([[12], [34]]);
  });

  test("is a product for each of several tasks", () => {
    const { outputs } = linearRegression({ tasks: 2, inputs: 1 }).apply(
      { weight: tf.tensor3d([10, 100], [2, 1, 1]) },
      tf.tensor3d([1, 2, 3, 4], [2, 2, 1]),
      context,
    );
    expect(outputs.arraySync()).toEqual([
      [[10], [20]],
      [[300], [400]],
    ]);
  });

  test("keeps a matrix for each task, in one stack", () => {
    const { shape, kind } = linearRegression({ tasks: 30, inputs: 20 }).parameters.weight;
    expect(shape).toEqual([30, 20, 1]);
    expect(kind!(shape)).toEqual({ factors: [30, 20, 1], stack: [0], rows: [1], columns: [2] });
  });

  test("starts with variance 2 / inputs", () => {
    expect(linearRegression({ inputs: 8 }).parameters.weight.initial).toEqual({
      standardDeviation: 0.5,
    });
  });

  const sizes = fc.record({
    tasks: fc.integer({ min: 2, max: 5 }),
    inputs: fc.integer({ min: 1, max: 5 }),
    batch: fc.integer({ min: 1, max: 5 }),
    seed: randomSeeds(),
  });
  law("computes side by side what each task computes alone", sizes, (given) => {
    const { tasks, inputs, batch, seed } = given;
    const weight = exact([tasks, inputs, 1], seed);
    const x = exact([tasks, batch, inputs], (seed + 1) % 2 ** 32);
    const together = linearRegression({ tasks, inputs }).apply({ weight }, x, context).outputs;
    const alone = linearRegression({ inputs });
    const one = (task: number) =>
      alone.apply(
        { weight: tf.slice(weight, [task, 0, 0], [1, inputs, 1]) },
        tf.squeeze(tf.slice(x, [task, 0, 0], [1, batch, inputs]), [0]),
        context,
      ).outputs;
    const apart = tf.stack(Array.from({ length: tasks }, (_, task) => one(task)));
    expect(together).toBeCloseToTensor(apart, exactly);
  });

  test.each([0, -1, 1.5, Number.NaN])("rejects %s tasks and inputs", (size) => {
    expect(() => linearRegression({ inputs: size })).toThrow(
      new RangeError(`linearRegression: inputs must be a positive integer; got ${size}.`),
    );
    expect(() => linearRegression({ tasks: size, inputs: 2 })).toThrow(
      new RangeError(`linearRegression: tasks must be a positive integer; got ${size}.`),
    );
  });

  test.each([
    [1, [3, 5], "linearRegression: inputs must be [batch,4]; got [3,5]."],
    [1, [1, 3, 4], "linearRegression: inputs must be [batch,4]; got [1,3,4]."],
    [2, [3, 4], "linearRegression: inputs must be [2,batch,4]; got [3,4]."],
    [2, [1, 3, 4], "linearRegression: inputs must be [2,batch,4]; got [1,3,4]."],
  ])("with %i tasks rejects inputs of shape [%s]", (tasks, shape, message) => {
    const weight = tf.zeros([tasks, 4, 1]);
    expect(() =>
      linearRegression({ tasks, inputs: 4 }).apply({ weight }, tf.zeros(shape), context),
    ).toThrow(new RangeError(message));
  });
});
