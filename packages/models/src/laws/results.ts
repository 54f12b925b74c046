import { closeness } from "@muir/test-kit";
import type * as tf from "@tensorflow/tfjs-core";
import type { Applied, ModelState } from "../architecture.js";
import type { Trial } from "./trial.js";

const modes = [
  { training: false, mode: "evaluating" },
  { training: true, mode: "training" },
] as const;

/** Outputs that do not have the declared shape, or are not numbers. */
export function outputProblems({ architecture, batch, apply }: Trial): string[] {
  const { tasks, outputShape } = architecture;
  const expected = [...(tasks > 1 ? [tasks] : []), batch, ...outputShape];
  return modes.flatMap(({ training, mode }) => {
    const { outputs } = apply({ training });
    if (String(outputs.shape) !== String(expected)) {
      return [`${mode}: outputs must be [${expected}]; got [${outputs.shape}]`];
    }
    const strange = outputs.dataSync().findIndex((entry) => !Number.isFinite(entry));
    return strange < 0 ? [] : [`${mode}: outputs are not finite, first at flat index ${strange}`];
  });
}

/** State that does not come back as it went in, or is declared streamed but not there. */
export function stateProblems({ architecture, state, apply }: Trial): string[] {
  const expected = describeState(state);
  const missing = (architecture.streamed ?? []).filter((name) => !(name in state));
  const declared = missing.map((name) => `streamed names ${name}; initialState gives ${expected}`);
  const returned = modes.flatMap(({ training, mode }) => {
    const got = describeState(apply({ training }).state);
    return got === expected ? [] : [`${mode}: state must be ${expected}; got ${got}`];
  });
  return [...declared, ...returned];
}

/** Results that differ between two applications to the same arguments. */
export function repeatProblems({ apply }: Trial): string[] {
  return modes.flatMap(({ training, mode }) => {
    const first = named(apply({ training }));
    const second = named(apply({ training }));
    return Object.entries(first).flatMap(([name, tensor]) => {
      const again = second[name];
      if (again === undefined) return [`${mode}: ${name} is missing the second time`];
      const { pass, message } = closeness(again, tensor, { rtol: 0, atol: 0 });
      return pass ? [] : [`${mode}: ${name} differs the second time: ${message()}`];
    });
  });
}

/** Random numbers drawn where nothing is to be left to chance. */
export function drawProblems({ apply }: Trial): string[] {
  let draws = 0;
  const random = () => {
    draws++;
    return 0.5;
  };
  apply({ training: false, random });
  return draws === 0 ? [] : [`evaluating: no random numbers must be drawn; it drew ${draws}`];
}

function named({ outputs, state }: Applied): Record<string, tf.Tensor> {
  const states = Object.entries(state).map(([name, tensor]) => [`state ${name}`, tensor] as const);
  return { outputs, ...Object.fromEntries(states) };
}

function describeState(state: ModelState): string {
  const entries = Object.entries(state).map(([name, { shape }]) => `${name} [${shape}]`);
  return `{ ${entries.sort().join(", ")} }`;
}
