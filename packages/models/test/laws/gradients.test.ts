import type { Architecture } from "@muir/models";
import type { ArchitectureLaw } from "@muir/models/laws";
import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { brokenLaws } from "../architectures/broken-laws.js";
import { changedPerceptron, perceptron } from "../architectures/perceptron.js";

const reaches: ArchitectureLaw = "sends a gradient to every parameter";
const slopes: ArchitectureLaw = "has the gradients that small steps measure";

/** The perceptron, with its bias replaced by something made of it. */
const withBias = (replace: (bias: tf.Tensor) => tf.Tensor): Architecture => ({
  ...perceptron,
  apply: (parameters, inputs, context) => ({
    outputs: tf.tidy(() => {
      const bias = replace(parameters["bias"]!);
      return perceptron.apply({ ...parameters, bias }, inputs, context).outputs;
    }),
    state: context.state,
  }),
});

test("a parameter that is never used is found", () => {
  expect(brokenLaws(withBias(() => tf.zeros([5])))).toEqual({
    [reaches]: ["bias gets no gradient: outputs do not depend on it"],
  });
});

test("a parameter that is used behind the back of differentiation is found", () => {
  const problems = brokenLaws(withBias((bias) => tf.tensor1d(bias.dataSync<"float32">())));
  expect(Object.keys(problems)).toEqual([reaches, slopes]);
  expect(problems[slopes]).toEqual([
    expect.stringMatching(/^the gradient of bias predicts a slope of 0; small steps measure /),
  ]);
});

test.each([1, 2, 3, 4, 5])("a gradient wrong by a twentieth is found (seed %i)", (seed) => {
  const inflated = tf.customGrad((x) => ({
    value: tf.clone(x as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => tf.mul(dy, 1.05),
  }));
  const problems = brokenLaws(
    changedPerceptron((outputs) => inflated(outputs)),
    { seed },
  );
  expect(Object.keys(problems)).toEqual([slopes]);
});

test.each([1, 2, 3, 4, 5])("kinks are not taken for wrong gradients (seed %i)", (seed) => {
  const wide: Architecture = {
    ...perceptron,
    parameters: {
      hidden: { shape: [4, 400], initial: { standardDeviation: Math.sqrt(2 / 4) } },
      bias: { shape: [400], initial: { constant: 0 } },
      output: { shape: [400, 2], initial: { standardDeviation: Math.sqrt(2 / 400) } },
    },
    apply: ({ hidden, bias, output }, inputs, { state }) => ({
      outputs: tf.tidy(() =>
        tf.matMul(tf.relu(tf.add(tf.matMul(inputs, hidden!), bias!)), output!),
      ),
      state,
    }),
  };
  expect(brokenLaws(wide, { seed })).toEqual({});
});

test("a gradient that is not finite is found", () => {
  const problems = brokenLaws(withBias((bias) => tf.sqrt(tf.mul(bias, tf.zeros([5])))));
  expect(problems[reaches]).toEqual(["the gradient of bias is not finite"]);
  expect(problems[slopes]?.[0]).toContain("the gradient of bias predicts a slope of NaN");
});
