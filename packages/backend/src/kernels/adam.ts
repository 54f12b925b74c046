import type { TypedArrayKernel } from "./typed-array-kernel.js";

/** Adam's constants for one step of one parameter; `step` counts from 1. */
export interface AdamAttributes {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Decoupled weight decay (AdamW); 0 for plain Adam. */
  readonly weightDecay: number;
  readonly step: number;
}

/**
 * One step of Adam (Kingma & Ba 2015) in one pass:
 * m' = b1 m + (1 - b1) g, v' = b2 v + (1 - b2) g^2,
 * w' = w - rate * decay * w - rate * (m' / (1 - b1^t)) / (sqrt(v' / (1 - b2^t)) + epsilon).
 *
 * Inputs: parameter, gradient, firstMoment, secondMoment, all of one shape. Outputs: the new
 * parameter and moments. They are new tensors, because other kernels may hold a packed copy of the
 * old parameter.
 */
export const adam: TypedArrayKernel<AdamAttributes> = {
  name: "MuirAdam",
  inputs: ["parameter", "gradient", "firstMoment", "secondMoment"],
  outputShapes: ([parameter]) => [
    [...parameter!.shape],
    [...parameter!.shape],
    [...parameter!.shape],
  ],
  compute([parameter, gradient, firstMoment, secondMoment], [newW, newM, newV], attributes) {
    const { learningRate, beta1, beta2, epsilon, weightDecay, step } = attributes;
    const rate = learningRate / (1 - beta1 ** step);
    const correction = 1 / (1 - beta2 ** step);
    const decay = 1 - learningRate * weightDecay;
    const w = parameter!.values;
    const g = gradient!.values;
    const m = firstMoment!.values;
    const v = secondMoment!.values;
    for (let i = 0; i < w.length; i++) {
      const first = beta1 * m[i]! + (1 - beta1) * g[i]!;
      const second = beta2 * v[i]! + (1 - beta2) * g[i]! * g[i]!;
      newM![i] = first;
      newV![i] = second;
      newW![i] = decay * w[i]! - (rate * first) / (Math.sqrt(correction * second) + epsilon);
    }
  },
};
