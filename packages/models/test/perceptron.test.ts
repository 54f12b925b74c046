import { planDecomposition } from "@muir/decompose";
import { perceptron } from "@muir/models";
import { describeArchitecture } from "@muir/models/laws";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";

describeArchitecture(perceptron({ sizes: [4, 8, 3] }));
describeArchitecture(perceptron({ sizes: [3, 5, 4, 2], activation: "tanh" }));

describe("perceptron", () => {
  const context = { training: false, random: Math.random, state: {} };

  test("is affine layers with an activation between them", () => {
    const network = (activation: "relu" | "tanh") =>
      perceptron({ sizes: [1, 2, 1], activation }).apply(
        {
          "dense1.kernel": tf.tensor2d([[1, -1]]),
          "dense1.bias": tf.tensor1d([0, 1]),
          "dense2.kernel": tf.tensor2d([[10], [100]]),
          "dense2.bias": tf.tensor1d([-7]),
        },
        tf.tensor2d([[3], [-2]]),
        context,
      ).outputs;
    expect(network("relu").arraySync()).toEqual([[23], [293]]);
    expect(network("tanh")).toBeCloseToTensor(
      tf.tensor2d([
        [10 * Math.tanh(3) + 100 * Math.tanh(-2) - 7],
        [10 * Math.tanh(-2) + 100 * Math.tanh(3) - 7],
      ]),
    );
  });

  test("is linear without hidden layers", () => {
    const { outputs } = perceptron({ sizes: [2, 1] }).apply(
      { "dense1.kernel": tf.tensor2d([[1], [2]]), "dense1.bias": tf.tensor1d([3]) },
      tf.tensor2d([[-10, -20]]),
      context,
    );
    expect(outputs.arraySync()).toEqual([[-47]]);
  });

  test("can be shared as a whole, biases aside", () => {
    const plan = planDecomposition([perceptron({ sizes: [32, 16, 16] })], { block: [16, 16] });
    expect(plan.locations).toBe(3);
    expect(plan.private.map(({ parameter }) => parameter)).toEqual(["dense1.bias", "dense2.bias"]);
  });

  test("rejects sizes that do not make a network", () => {
    expect(() => perceptron({ sizes: [3] })).toThrow(
      new RangeError(
        "perceptron: sizes must hold the inputs, any hidden layers and the outputs; got [3].",
      ),
    );
    expect(() => perceptron({ sizes: [3, 0, 1] })).toThrow(
      new RangeError("perceptron: sizes[1] must be a positive integer; got 0."),
    );
  });
});
