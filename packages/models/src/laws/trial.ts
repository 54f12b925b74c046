import { normal, seededDraws } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import type { Applied, Architecture, ModelState, ParameterSpec } from "../architecture.js";

/** Tensors by name, as architectures take their parameters. */
export type NamedTensors = Readonly<Record<string, tf.Tensor>>;

/** How the arguments of a law are drawn. */
export interface TrialOptions {
  /** Examples in a batch, at least 2. */
  readonly batch: number;
  /** Everything drawn follows from it. */
  readonly seed: number;
  /**
   * Draws a batch of inputs from a seed, for architectures that take neither any real numbers nor any
   * symbols that they declare.
   */
  readonly inputs?: ((seed: number) => tf.Tensor) | undefined;
}

/** One set of arguments for an architecture, on which a law must hold. */
export interface Trial {
  readonly architecture: Architecture;
  readonly batch: number;
  readonly seed: number;
  /** The axis of inputs and outputs that counts examples. */
  readonly batchAxis: number;
  readonly parameters: NamedTensors;
  readonly inputs: tf.Tensor;
  /** A second batch, unlike the first. */
  readonly otherInputs: tf.Tensor;
  readonly state: ModelState;
  /** Applies the architecture to the arguments above, except for those given here. */
  apply(changed?: {
    readonly parameters?: NamedTensors;
    readonly inputs?: tf.Tensor;
    readonly training?: boolean;
    readonly random?: () => number;
  }): Applied;
  /** Another trial of the same architecture, drawn from another seed. */
  redraw(): Trial;
}

/**
 * Draws the arguments of one trial.
 *
 * @throws {RangeError} if `batch` or the declared `symbols` are below 2, or `options.inputs` does not
 *   give what the architecture declares.
 */
export function drawTrial(architecture: Architecture, options: TrialOptions): Trial {
  const { batch, seed, inputs: draw = anyInputs } = options;
  if (!Number.isInteger(batch) || batch < 2) {
    throw new RangeError(
      `drawTrial: batch must be an integer of at least 2, or examples have no others to depend on; got ${batch}.`,
    );
  }
  const { tasks, inputShape, symbols } = architecture;
  if (symbols !== undefined && !(Number.isInteger(symbols) && symbols >= 2)) {
    throw new RangeError(
      `drawTrial: ${architecture.name} must declare at least 2 symbols, or inputs could not differ; got ${symbols}.`,
    );
  }
  const expected = [...(tasks > 1 ? [tasks] : []), batch, ...inputShape];
  function anyInputs(seed: number) {
    return symbols === undefined
      ? normal(expected, seed)
      : drawSymbols(expected, { symbols, seed });
  }
  const inputs = draw(seed);
  const otherInputs = draw(seed + 1_000_003);
  if (String(inputs.shape) !== String(expected)) {
    throw new RangeError(
      `drawTrial: options.inputs must give [${expected}], as ${architecture.name} declares; got [${inputs.shape}].`,
    );
  }
  if (String(inputs.dataSync()) === String(otherInputs.dataSync())) {
    throw new RangeError("drawTrial: options.inputs must give other inputs for another seed.");
  }
  const parameters = drawParameters(architecture, seed);
  const state = architecture.initialState?.(batch) ?? {};
  return {
    architecture,
    batch,
    seed,
    batchAxis: tasks > 1 ? 1 : 0,
    parameters,
    inputs,
    otherInputs,
    state,
    apply: ({ training = false, ...changed } = {}) =>
      architecture.apply(changed.parameters ?? parameters, changed.inputs ?? inputs, {
        training,
        random: changed.random ?? seededDraws(seed), // new for each application, so that dropout repeats itself
        state,
      }),
    redraw: () => drawTrial(architecture, { ...options, seed: seed + 1_000_000_007 }),
  };
}

/** How far a parameter's entries spread: what a small step is measured by. */
export function spread({ initial }: ParameterSpec): number {
  // constants are moved off their start: at zero too much vanishes for a law to say anything
  return "standardDeviation" in initial && initial.standardDeviation > 0
    ? initial.standardDeviation
    : 0.1;
}

function drawSymbols(
  shape: readonly number[],
  { symbols, seed }: { symbols: number; seed: number },
): tf.Tensor {
  const draw = seededDraws(seed);
  const values = Int32Array.from({ length: tf.util.sizeFromShape([...shape]) }, () =>
    Math.floor(symbols * draw()),
  );
  return tf.tensor(values, [...shape], "int32");
}

function drawParameters({ parameters }: Architecture, seed: number): NamedTensors {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, spec], i) => {
      const { initial } = spec;
      const center = "constant" in initial ? initial.constant : (initial.mean ?? 0);
      const drawn = tf.tidy(() =>
        tf.add(tf.mul(normal(spec.shape, seed + 7919 * (i + 1)), spread(spec)), center),
      );
      return [name, drawn];
    }),
  );
}
