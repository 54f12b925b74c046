import { type Shape, stackedDense } from "@muir/decompose";
import * as tf from "@tensorflow/tfjs-core";
import type { Architecture } from "./architecture.js";

/** Sizes of {@link linearRegression}. */
export interface LinearRegressionOptions {
  /** Regressions computed side by side; 1 unless told otherwise. */
  readonly tasks?: number;
  /** Numbers that describe one example. */
  readonly inputs: number;
}

/**
 * Linear maps from `inputs` numbers to one, without bias: the network of the synthetic experiment
 * (section 4.1 of the paper).
 *
 * Any number of tasks are one architecture: `weight` is `[tasks, inputs, 1]`, a stack of one matrix
 * for each task, and a step is one batched product of `[tasks, batch, inputs]` with it. With one
 * task there is no leading axis: `[batch, inputs]` gives `[batch, 1]`.
 *
 * Weights start as He et al. (2015) have it, with variance 2 / inputs.
 *
 * @throws {RangeError} if `tasks` or `inputs` is not a positive integer; and, when applied, if the
 *   inputs have another shape.
 * @example
 * ```ts
 * const regression = linearRegression({ tasks: 30, inputs: 20 });
 * regression.parameters.weight.shape; // [30, 20, 1]
 * ```
 */
export function linearRegression({
  tasks = 1,
  inputs,
}: LinearRegressionOptions): Architecture<"weight"> {
  for (const [option, value] of Object.entries({ tasks, inputs })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`linearRegression: ${option} must be a positive integer; got ${value}.`);
    }
  }
  return {
    name: "linear-regression",
    parameters: {
      weight: {
        shape: [tasks, inputs, 1],
        initial: { standardDeviation: Math.sqrt(2 / inputs) },
        kind: stackedDense,
      },
    },
    inputShape: [inputs],
    outputShape: [1],
    tasks,
    apply({ weight }, x, { state }) {
      requireShape(x.shape, tasks === 1 ? [inputs] : [tasks, inputs]);
      if (tasks > 1) return { outputs: tf.matMul(x, weight), state };
      // the inputs take the weight's rank, not the other way round: backends that pack a product's
      // second factor do so once for each buffer, and a reshaped weight shares the weight's
      const outputs = tf.tidy(() => tf.squeeze(tf.matMul(tf.expandDims(x, 0), weight), [0]));
      return { outputs, state };
    },
  };
}

/** `around` is the shape without the batch, which stands before the last axis. */
function requireShape(shape: Shape, around: Shape): void {
  const expected = [...around.slice(0, -1), "batch", ...around.slice(-1)];
  const fits =
    shape.length === expected.length &&
    expected.every((size, axis) => size === "batch" || size === shape[axis]);
  if (!fits) {
    throw new RangeError(`linearRegression: inputs must be [${expected}]; got [${shape}].`);
  }
}
