import * as tf from "@tensorflow/tfjs-core";
import { createDrawing } from "../training-cases/drawing.js";
import type { TrainingCase } from "../training-cases/training-case.js";

/** The losses of the first steps of gradient descent, on the current backend. */
export async function train({ prepare }: TrainingCase, steps: number): Promise<number[]> {
  const drawing = createDrawing(1);
  const { parameters, loss } = prepare(drawing);
  const names = Object.keys(parameters);
  const lossOf = (...tensors: tf.Tensor[]) =>
    loss(Object.fromEntries(names.map((name, i) => [name, tensors[i]!]))) as tf.Scalar;
  let weights = Object.values(parameters);
  const losses: tf.Tensor[] = [];
  for (let step = 0; step < steps; step++) {
    const [value, ...next] = tf.tidy(() => {
      const { value, grads } = tf.valueAndGrads(lossOf)(weights);
      return [value, ...grads.map((gradient, i) => tf.sub(weights[i]!, tf.mul(gradient, 0.1)))];
    });
    tf.dispose(weights);
    losses.push(value!);
    weights = next;
  }
  const found = await Promise.all(losses.map((scalar) => scalar.data()));
  tf.dispose([losses, weights]);
  drawing.dispose();
  return found.map(([number]) => number!);
}
