import type { Architecture } from "@muir/models";
import * as tf from "@tensorflow/tfjs-core";

/**
 * Four tokens of five, embedded, with dropout, added to a memory that fades: integers for inputs,
 * a state for each example, and randomness in training.
 */
export const tokenMemory: Architecture = {
  name: "token-memory",
  parameters: { embedding: { shape: [5, 6], initial: { standardDeviation: 1 } } },
  inputShape: [4],
  outputShape: [6],
  tasks: 1,
  symbols: 5,
  streamed: ["memory"],
  initialState: (batch) => ({ memory: tf.zeros([batch, 6]) }),
  apply({ embedding }, inputs, { training, random, state }) {
    const kept = Array.from({ length: 6 }, () => (!training || random() < 0.5 ? 1 : 0));
    const [outputs, memory] = tf.tidy((): [tf.Tensor, tf.Tensor] => {
      const features = tf.sum(tf.gather(embedding!, tf.cast(inputs, "int32")), 1);
      const next = tf.add(tf.mul(state["memory"]!, 0.5), tf.mul(features, tf.tensor1d(kept)));
      return [tf.tanh(next), next];
    });
    return { outputs, state: { memory } };
  },
};
