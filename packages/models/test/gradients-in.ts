import type { Architecture, ModelState } from "@muir/models";
import * as tf from "@tensorflow/tfjs-core";

/** What {@link gradientsIn} differentiates. */
export interface TrainingCase {
  readonly parameters: Readonly<Record<string, tf.Tensor>>;
  readonly inputs: tf.Tensor;
  readonly state: ModelState;
  /** Of the outputs, any number of them. */
  readonly loss: (outputs: tf.Tensor) => tf.Tensor;
}

/** One training pass: the outputs and the new state, the sum of losses, and its gradient in every parameter. */
export function gradientsIn(architecture: Architecture, given: TrainingCase) {
  const names = Object.keys(given.parameters);
  const context = { training: true, random: () => 0.5, state: given.state };
  const apply = (parameters: Readonly<Record<string, tf.Tensor>>) =>
    architecture.apply(parameters, given.inputs, context);
  const { value, grads } = tf.valueAndGrads((...tensors: tf.Tensor[]) => {
    const { outputs } = apply(Object.fromEntries(names.map((name, i) => [name, tensors[i]!])));
    return tf.sum(given.loss(outputs)) as tf.Scalar;
  })(names.map((name) => given.parameters[name]!));
  const gradients = Object.fromEntries(names.map((name, i) => [name, grads[i]!]));
  return { ...apply(given.parameters), loss: value, gradients };
}
