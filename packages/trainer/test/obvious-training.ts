import * as tf from "@tensorflow/tfjs-core";
import { type ObviousNetwork, type ObviousState, obviousGradients } from "./obvious-gradients.js";

/** Where the obvious program ended. The caller disposes the model states. */
export interface ObviousEnd extends ObviousState {
  /** The mean over the steps of each task's losses. */
  readonly losses: Readonly<Record<string, readonly number[]>>;
  /** For each parameter, entries whose gradient was so small that its sign may be a rounding error. */
  readonly doubtful: Readonly<Record<string, readonly boolean[]>>;
}

/** Some steps of Adam on {@link obviousGradients}, each parameter at its own rate. */
export function obviousTraining(
  start: ObviousState,
  network: ObviousNetwork,
  { steps, rateOf }: { steps: number; rateOf: (parameter: string) => number },
): ObviousEnd {
  const adam = obviousAdam();
  const losses: Record<string, number[]> = {};
  const doubtful: Record<string, boolean[]> = {};
  let { parameters, modelStates } = start;
  for (let step = 0; step < steps; step++) {
    const found = obviousGradients({ parameters, modelStates }, network, step);
    tf.dispose(modelStates as never);
    modelStates = found.modelStates;
    for (const [task, values] of Object.entries(found.losses)) {
      losses[task] = values.map((loss, i) => (losses[task]?.[i] ?? 0) + loss / steps);
    }
    const next = Object.entries(parameters).map(([name, parameter]) => {
      const gradient = found.gradients[name]!;
      const small = Array.from(gradient.dataSync(), (g) => g !== 0 && Math.abs(g) < 1e-5);
      doubtful[name] = small.map((is, i) => is || doubtful[name]?.[i] === true);
      return [name, adam(name, { parameter, gradient, rate: rateOf(name) })] as const;
    });
    parameters = Object.fromEntries(next);
  }
  return { parameters, modelStates, losses, doubtful };
}

interface ObviousStep {
  readonly parameter: tf.Tensor;
  readonly gradient: tf.Tensor;
  readonly rate: number;
}

/** Adam (0.9, 0.999, 1e-8) number by number in double precision. */
function obviousAdam() {
  const slots = new Map<string, { first: Float64Array; second: Float64Array; step: number }>();
  return (name: string, { parameter, gradient, rate }: ObviousStep): tf.Tensor => {
    const g = gradient.dataSync();
    const fresh = {
      first: new Float64Array(g.length),
      second: new Float64Array(g.length),
      step: 0,
    };
    const { first, second, step } = slots.get(name) ?? fresh;
    slots.set(name, { first, second, step: step + 1 });
    const next = parameter.dataSync().map((w, i) => {
      first[i] = 0.9 * first[i]! + 0.1 * g[i]!;
      second[i] = 0.999 * second[i]! + 0.001 * g[i]! ** 2;
      const m = first[i]! / (1 - 0.9 ** (step + 1));
      const v = second[i]! / (1 - 0.999 ** (step + 1));
      return w - (rate * m) / (Math.sqrt(v) + 1e-8);
    });
    return tf.tensor(next, parameter.shape);
  };
}
