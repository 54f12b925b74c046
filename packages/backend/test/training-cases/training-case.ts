import * as tf from "@tensorflow/tfjs-core";
import { createDrawing, type Drawing } from "./drawing.js";

/** A network small enough for every backend, with kernels that a paper-size one of its kind runs. */
export interface TrainingCase {
  readonly name: string;
  prepare(drawing: Drawing): PreparedCase;
}

/** Parameters, and the loss of them; what else the loss depends on is drawn and fixed. */
export interface PreparedCase {
  readonly parameters: Readonly<Record<string, tf.Tensor>>;
  loss(parameters: Readonly<Record<string, tf.Tensor>>): tf.Tensor;
}

/** The loss and all gradients of one step, as numbers by name. */
export type StepNumbers = Readonly<Record<string, Float32Array>>;

/** A case on the current backend. */
export interface OpenCase {
  /** Forward and backward; resolves when all is computed. */
  step(): Promise<StepNumbers>;
  dispose(): void;
}

/** Draws a case's numbers on the current backend, the same ones on each. */
export function openCase({ prepare }: TrainingCase): OpenCase {
  const drawing = createDrawing(1);
  const { parameters, loss } = prepare(drawing);
  const names = Object.keys(parameters);
  const lossOf = (...tensors: tf.Tensor[]) =>
    loss(Object.fromEntries(names.map((name, i) => [name, tensors[i]!]))) as tf.Scalar;
  return {
    async step() {
      const tensors = names.map((name) => parameters[name]!);
      const { value, grads } = tf.tidy(() => tf.valueAndGrads(lossOf)(tensors));
      const found = await Promise.all([value, ...grads].map((tensor) => tensor.data()));
      tf.dispose([value, ...grads]);
      return Object.fromEntries(
        ["loss", ...names].map((name, i) => [name, found[i] as Float32Array]),
      );
    },
    dispose: drawing.dispose,
  };
}

/** The largest difference of each tensor, as a part of the expected one's largest entry. */
export function differences(found: StepNumbers, expected: StepNumbers): Record<string, number> {
  return Object.fromEntries(
    Object.entries(expected).map(([name, values]) => {
      const apart = values.map((value, i) => Math.abs(value - found[name]![i]!));
      return [name, largest(apart) / largest(values.map(Math.abs))];
    }),
  );
}

/** Math.max of any number of numbers; NaN if one is. */
const largest = (values: Float32Array) => values.reduce((most, value) => Math.max(most, value), 0);
