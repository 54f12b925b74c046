import { dense } from "@muir/decompose";
import type { Architecture } from "@muir/models";
import * as tf from "@tensorflow/tfjs";

/** Two dense layers with tanh between them. Their kernels can be shared; the biases stay private. */
export function perceptron({
  inputs,
  hidden,
  outputs,
}: {
  inputs: number;
  hidden: number;
  outputs: number;
}): Architecture<"kernel1" | "bias1" | "kernel2" | "bias2"> {
  const starting = (fanIn: number) => ({ standardDeviation: Math.sqrt(1 / fanIn) });
  return {
    name: "perceptron",
    parameters: {
      kernel1: { shape: [inputs, hidden], initial: starting(inputs), kind: dense },
      bias1: { shape: [hidden], initial: { constant: 0 } },
      kernel2: { shape: [hidden, outputs], initial: starting(hidden), kind: dense },
      bias2: { shape: [outputs], initial: { constant: 0 } },
    },
    inputShape: [inputs],
    outputShape: [outputs],
    tasks: 1,
    apply({ kernel1, bias1, kernel2, bias2 }, x, { state }) {
      const result = tf.tidy(() => {
        const features = tf.tanh(tf.add(tf.matMul(x, kernel1), bias1));
        return tf.add(tf.matMul(features, kernel2), bias2);
      });
      return { outputs: result, state };
    },
  };
}
