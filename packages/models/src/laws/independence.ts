import { closeness } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import type { Trial } from "./trial.js";

/** Examples of a batch whose outputs change with another example's inputs. */
export function exampleProblems(trial: Trial): string[] {
  return influences(trial, { axis: trial.batchAxis, what: "example" });
}

/** Stacked tasks whose outputs change with another task's inputs. */
export function taskProblems(trial: Trial): string[] {
  return trial.architecture.tasks === 1 ? [] : influences(trial, { axis: 0, what: "task" });
}

function influences(trial: Trial, { axis, what }: { axis: number; what: string }): string[] {
  const { inputs, otherInputs, apply } = trial;
  const original = apply().outputs;
  return Array.from({ length: inputs.shape[axis]! }, (_, index) => {
    const [before, , after] = splitAt(inputs, { axis, index });
    const [, other] = splitAt(otherInputs, { axis, index });
    const changed = apply({ inputs: tf.concat([before, other, after], axis) }).outputs;
    const { pass, message } = closeness(
      without(changed, { axis, index }),
      without(original, { axis, index }),
    );
    return pass
      ? []
      : [`other inputs for ${what} ${index} change other ${what}s' outputs: ${message()}`];
  }).flat();
}

interface Place {
  readonly axis: number;
  readonly index: number;
}

function splitAt(tensor: tf.Tensor, { axis, index }: Place): [tf.Tensor, tf.Tensor, tf.Tensor] {
  const sizes = [index, 1, tensor.shape[axis]! - index - 1];
  return tf.split(tensor, sizes, axis) as [tf.Tensor, tf.Tensor, tf.Tensor];
}

function without(tensor: tf.Tensor, place: Place): tf.Tensor {
  const [before, , after] = splitAt(tensor, place);
  return tf.concat([before, after], place.axis);
}
