import { type Architecture, type Initializer, linearRegression } from "@muir/models";
import * as tf from "@tensorflow/tfjs-core";
import type { Drawing } from "./drawing.js";
import type { TrainingCase } from "./training-case.js";

/** Add an architecture here, in one line, and every backend is tried on a training step of it. */
export const architectures: readonly TrainingCase[] = [
  ofArchitecture(linearRegression({ tasks: 30, inputs: 20 })),
];

interface BatchOptions {
  readonly batch?: number;
  /** Draws inputs that are not real numbers: tokens, symbols. */
  readonly inputs?: (drawing: Drawing, shape: readonly number[]) => tf.Tensor;
}

/** A training step of an architecture: its outputs are pulled towards numbers drawn at random. */
function ofArchitecture(
  architecture: Architecture,
  { batch = 10, inputs = (drawing, shape) => drawing.normal(shape) }: BatchOptions = {},
): TrainingCase {
  const { name, parameters, inputShape, outputShape, tasks } = architecture;
  const stack = tasks === 1 ? [batch] : [tasks, batch];
  return {
    name,
    prepare(drawing) {
      const x = inputs(drawing, [...stack, ...inputShape]);
      const targets = drawing.normal([...stack, ...outputShape]);
      const start = (initial: Initializer) =>
        "constant" in initial ? initial.constant : initial.standardDeviation;
      const drawn = Object.entries(parameters).map(([parameter, { shape, initial }]) => {
        return [parameter, drawing.normal(shape, start(initial) || 0.1)] as const;
      });
      return {
        parameters: Object.fromEntries(drawn),
        loss(weights) {
          const state = architecture.initialState?.(batch) ?? {};
          const context = { training: true, random: () => 0.75, state };
          const { outputs } = architecture.apply(weights, x, context);
          return tf.mean(tf.squaredDifference(outputs, targets));
        },
      };
    },
  };
}
