import * as tf from "@tensorflow/tfjs-core";

/** The name under which a backend may register a fused kernel for one step of Adam. */
export const ADAM = "MuirAdam";

/** Constants of one step of one parameter; `step` counts from 1. */
export interface AdamConstants {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  readonly step: number;
}

/** One step of Adam: the new parameter, first and second moment. Nothing is changed in place. */
export type AdamStep = (
  parameter: tf.Tensor,
  gradient: tf.Tensor,
  moments: { readonly firstMoment: tf.Tensor; readonly secondMoment: tf.Tensor },
  constants: AdamConstants,
) => [parameter: tf.Tensor, firstMoment: tf.Tensor, secondMoment: tf.Tensor];

/** Whether the current backend has the fused kernel. */
export const isFusedAdam = () => tf.getKernel(ADAM, tf.getBackend()) != null;

/** The step as one kernel. */
export const fusedAdam: AdamStep = (parameter, gradient, moments, constants) => {
  const { firstMoment, secondMoment } = moments;
  const inputs = { parameter, gradient, firstMoment, secondMoment };
  const attributes = constants as unknown as tf.NamedAttrMap;
  return tf.engine().runKernel(ADAM, inputs, attributes) as [tf.Tensor, tf.Tensor, tf.Tensor];
};

/**
 * The step out of standard ops:
 * m' = b1 m + (1 - b1) g, v' = b2 v + (1 - b2) g^2,
 * w' = w - rate * decay * w - rate * (m' / (1 - b1^t)) / (sqrt(v' / (1 - b2^t)) + epsilon).
 */
export const composedAdam: AdamStep = (parameter, gradient, moments, constants) =>
  tf.tidy(() => {
    const { learningRate, beta1, beta2, epsilon, weightDecay, step } = constants;
    const { firstMoment, secondMoment } = moments;
    const first = tf.add(tf.mul(firstMoment, beta1), tf.mul(gradient, 1 - beta1));
    const second = tf.add(tf.mul(secondMoment, beta2), tf.mul(tf.square(gradient), 1 - beta2));
    const size = tf.add(tf.sqrt(tf.div(second, 1 - beta2 ** step)), epsilon);
    const change = tf.mul(tf.div(first, size), learningRate / (1 - beta1 ** step));
    const decayed =
      weightDecay === 0 ? parameter : tf.mul(parameter, 1 - learningRate * weightDecay);
    return [tf.sub(decayed, change), first, second];
  });
