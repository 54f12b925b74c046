import { normal } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import { type NamedTensors, spread, type Trial } from "./trial.js";

/** Parameters that a loss does not reach. */
export function unreachedProblems(trial: Trial): string[] {
  const gradients = gradientsOf(trial);
  return Object.entries(gradients).flatMap(([name, gradient]) => {
    const largest = tf.max(tf.abs(gradient)).dataSync()[0]!;
    if (!Number.isFinite(largest)) return [`the gradient of ${name} is not finite`];
    return largest > 0 ? [] : [`${name} gets no gradient: outputs do not depend on it`];
  });
}

/**
 * Parameters whose gradient is not the slope that small steps measure.
 *
 * A disagreement may be a kink, relu's for example, that happens to lie next to the point drawn; one
 * that is found at a second point too is none.
 */
export function slopeProblems(trial: Trial): string[] {
  const found = disagreements(trial);
  if (found.size === 0) return [];
  const again = disagreements(trial.redraw());
  return [...found].flatMap(([name, problem]) => (again.has(name) ? [problem] : []));
}

/** How much of the gradient's own length a measured slope may differ by. */
const allowed = 0.03;
/** Lengths of steps, in units of the parameter's spread. The shorter, the fewer kinks they cross. */
const steps = [2 ** -7, 2 ** -10, 2 ** -12];

/** By parameter, what is wrong with its gradient: no step measures the slope that it predicts. */
function disagreements(trial: Trial): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, gradient] of Object.entries(gradientsOf(trial))) {
    const direction = directionFor(trial, { name, gradient });
    const predicted = number(tf.sum(tf.mul(gradient, direction)));
    const length = number(tf.norm(gradient)) * spread(trial.architecture.parameters[name]!);
    const measured: number[] = [];
    const agrees = steps.some((step) => {
      const { slope, rounding } = slopeAlong(trial, { name, direction, step });
      measured.push(slope);
      return Math.abs(slope - predicted) <= allowed * length + rounding;
    });
    if (agrees) continue;
    found.set(
      name,
      `the gradient of ${name} predicts a slope of ${predicted}; small steps measure ${measured.join(", ")}`,
    );
  }
  return found;
}

interface Named {
  readonly name: string;
  readonly gradient: tf.Tensor;
}

/** Random, so that no part of the gradient can be missing; and uphill, so that its length counts. */
function directionFor(trial: Trial, { name, gradient }: Named): tf.Tensor {
  const uphill = tf.divNoNan(gradient, tf.norm(gradient));
  const anywhere = normal(gradient.shape, trial.seed + 104_729);
  return tf.mul(tf.add(anywhere, tf.mul(3, uphill)), spread(trial.architecture.parameters[name]!));
}

interface Step {
  readonly name: string;
  readonly direction: tf.Tensor;
  readonly step: number;
}

function slopeAlong(trial: Trial, { name, direction, step }: Step) {
  const at = (length: number) => {
    const parameter = tf.add(trial.parameters[name]!, tf.mul(direction, length));
    const { loss, size } = readOut(trial, { ...trial.parameters, [name]: parameter });
    return { loss: number(loss), size: number(size) };
  };
  // one application at a time: a deep network's hundreds would not fit into memory together
  const [ahead, behind] = [tf.tidy(() => at(step)), tf.tidy(() => at(-step))];
  return { slope: (ahead.loss - behind.loss) / (2 * step), rounding: (1e-6 * ahead.size) / step };
}

interface Readout {
  /** A random linear function of the outputs. */
  readonly loss: tf.Scalar;
  /** The sum of its terms' absolute values: what its rounding error is proportional to. */
  readonly size: tf.Scalar;
}

function readOut(trial: Trial, parameters: NamedTensors): Readout {
  const { outputs } = trial.apply({ parameters, training: true });
  const terms = tf.mul(outputs, normal(outputs.shape, trial.seed + 15_485_863));
  return { loss: tf.sum(terms), size: tf.sum(tf.abs(terms)) };
}

function gradientsOf(trial: Trial): NamedTensors {
  const names = Object.keys(trial.parameters);
  const gradients = tf.grads((...tensors: tf.Tensor[]) => {
    const { loss } = readOut(trial, Object.fromEntries(names.map((n, i) => [n, tensors[i]!])));
    // a parameter that is never used would make tfjs throw without saying which one it is
    return tf.addN([loss, ...tensors.map((tensor) => tf.mul(0, tf.sum(tensor)))]);
  })(names.map((name) => trial.parameters[name]!));
  return Object.fromEntries(names.map((name, i) => [name, gradients[i]!]));
}

const number = (scalar: tf.Tensor) => scalar.dataSync()[0]!;
