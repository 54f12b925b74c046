import { dense } from "@muir/decompose";
import type { Architecture } from "@muir/models";
import * as tf from "@tensorflow/tfjs-core";

/** A small architecture that keeps every law: the one that tests of the laws break. */
export const perceptron: Architecture = {
  name: "perceptron",
  parameters: {
    hidden: { shape: [4, 5], initial: { standardDeviation: 0.5 }, kind: dense },
    bias: { shape: [5], initial: { constant: 0 } },
    output: { shape: [5, 2], initial: { standardDeviation: 0.4 }, kind: dense },
  },
  inputShape: [4],
  outputShape: [2],
  tasks: 1,
  apply({ hidden, bias, output }, inputs, { state }) {
    const outputs = tf.tidy(() => {
      const features = tf.tanh(tf.add(tf.matMul(inputs, hidden!), bias!));
      return tf.matMul(features, output!);
    });
    return { outputs, state };
  },
};

/** The perceptron, its outputs passed through something that breaks a law. */
export const changedPerceptron = (change: (outputs: tf.Tensor) => tf.Tensor): Architecture => ({
  ...perceptron,
  apply: (parameters, inputs, context) => ({
    outputs: tf.tidy(() => change(perceptron.apply(parameters, inputs, context).outputs)),
    state: context.state,
  }),
});
