import { closeness } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import type { Trial } from "./trial.js";

/** Steps whose inputs change the outputs of earlier steps, in architectures that say they are causal. */
export function foresightProblems(trial: Trial): string[] {
  const { architecture, inputs, otherInputs, batchAxis, apply } = trial;
  if (architecture.causal !== true) return [];
  const axis = batchAxis + 1;
  const steps = architecture.inputShape[0];
  if (steps === undefined || steps !== architecture.outputShape[0]) {
    const shapes = `[${architecture.inputShape}] and [${architecture.outputShape}]`;
    return [`causal: inputs and outputs must have as many steps; their shapes are ${shapes}`];
  }
  const original = apply().outputs;
  return Array.from({ length: steps - 1 }, (_, i) => i + 1).flatMap((step) => {
    const before = (tensor: tf.Tensor) => tf.split(tensor, [step, steps - step], axis)[0]!;
    const after = tf.split(otherInputs, [step, steps - step], axis)[1]!;
    const changed = apply({ inputs: tf.concat([before(inputs), after], axis) }).outputs;
    const { pass, message } = closeness(before(changed), before(original));
    return pass
      ? []
      : [`other inputs from step ${step} on change the outputs of earlier steps: ${message()}`];
  });
}
