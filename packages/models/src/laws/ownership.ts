import { countTensors } from "@muir/test-kit";
import type * as tf from "@tensorflow/tfjs-core";
import type { Applied } from "../architecture.js";
import type { Trial } from "./trial.js";

/** Tensors left behind that nobody was given, and returned ones that somebody else owns. */
export function leakProblems(trial: Trial): string[] {
  const { architecture, batch, apply } = trial;
  const given = new Set(Object.values(givenTensors(trial)));
  const applying = [false, true].flatMap((training) => {
    let applied!: Applied;
    const left = countTensors(() => {
      applied = apply({ training });
    });
    const returned = new Set([applied.outputs, ...Object.values(applied.state)]);
    const made = [...returned].filter((tensor) => !given.has(tensor)).length;
    return [
      ...(given.has(applied.outputs)
        ? ["apply must return outputs of its own, not one of its arguments: both would be disposed"]
        : []),
      ...balance(`apply (training ${training})`, { left, made }),
    ];
  });
  if (architecture.initialState === undefined) return applying;
  let made = 0;
  const left = countTensors(() => {
    made = Object.keys(architecture.initialState!(batch)).length;
  });
  return [...applying, ...balance("initialState", { left, made })];
}

/** Arguments that were written to or disposed. */
export function mutationProblems(trial: Trial): string[] {
  const given = givenTensors(trial);
  const before = Object.entries(given).map(([name, tensor]) => [name, tensor.arraySync()] as const);
  trial.apply({ training: false });
  trial.apply({ training: true });
  return before.flatMap(([name, values]) => {
    const tensor = given[name]!;
    if (tensor.isDisposed) return [`${name} was disposed`];
    // through text: NaN equals itself there
    return JSON.stringify(tensor.arraySync()) === JSON.stringify(values)
      ? []
      : [`${name} was written to`];
  });
}

function balance(what: string, { left, made }: { left: number; made: number }): string[] {
  return left === made
    ? []
    : [`${what} must leave behind the ${made} tensors it returns; it left ${left}`];
}

function givenTensors({ parameters, inputs, state }: Trial): Record<string, tf.Tensor> {
  const label = (prefix: string, tensors: Readonly<Record<string, tf.Tensor>>) =>
    Object.fromEntries(Object.entries(tensors).map(([name, t]) => [`${prefix} ${name}`, t]));
  return { inputs, ...label("parameter", parameters), ...label("state", state) };
}
