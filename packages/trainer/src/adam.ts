import * as tf from "@tensorflow/tfjs-core";
import { type AdamSlot, copySlot, disposeSlot, freshSlot, withoutRows } from "./adam-slot.js";
import { type AdamStep, composedAdam, fusedAdam, isFusedAdam } from "./adam-step.js";

/** Adam's settings; the defaults are those of the paper that introduced it (Kingma & Ba 2015). */
export interface AdamOptions {
  readonly learningRate: number;
  /** Other learning rates for some parameters, by name. */
  readonly rates?: Readonly<Record<string, number>>;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  /** Decoupled weight decay (AdamW): the share of a parameter that a step at rate 1 takes off. Default 0. */
  readonly weightDecay?: number;
  /** Gradients are scaled down to this norm over all parameters of a step; null: never. */
  readonly clipNorm?: number | null;
}

/** An optimizer that keeps its slots by name, so that parameters may come and go. */
export interface Adam {
  /**
   * New values for the parameters named in `gradients`; the caller owns them, and disposes the old
   * values and the gradients.
   *
   * @throws {RangeError} if a gradient has no parameter, or another shape.
   */
  step(
    parameters: Readonly<Record<string, tf.Tensor>>,
    gradients: Readonly<Record<string, tf.Tensor>>,
  ): Record<string, tf.Tensor>;
  /** Forgets a parameter's moments; its next step is a first one. */
  drop(name: string): void;
  /**
   * Sets the moments of some rows to zero, for rows that were drawn anew. The step count stays, so
   * the first steps of these rows are up to (1 - beta1) / sqrt(1 - beta2) = 3.2 rates long.
   */
  dropRows(name: string, rows: readonly number[]): void;
  /** Copies of all slots; the caller disposes their tensors. */
  slots(): Record<string, AdamSlot>;
  /** Goes on from copies of these slots instead of its own. */
  restore(slots: Readonly<Record<string, AdamSlot>>): void;
  /** Frees all slots. */
  dispose(): void;
}

/**
 * Adam with slots by name, learning rates by parameter, decoupled weight decay and clipping.
 *
 * @throws {RangeError} if a rate, beta, epsilon or clipNorm is out of range.
 */
export function createAdam(options: AdamOptions): Adam {
  const { learningRate, rates = {}, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  const { weightDecay = 0, clipNorm = null } = options;
  checkOptions({ learningRate, beta1, beta2, epsilon, weightDecay, clipNorm });
  const named = Object.entries(rates).map(([name, rate]) => [`rates.${name}`, rate]);
  checkOptions(Object.fromEntries(named));
  const slots = new Map<string, AdamSlot>();

  function stepOne(name: string, parameter: tf.Tensor, gradient: tf.Tensor): tf.Tensor {
    const slot = slots.get(name) ?? freshSlot(parameter);
    const attributes = {
      learningRate: rates[name] ?? learningRate,
      ...{ beta1, beta2, epsilon, weightDecay },
      step: slot.step + 1,
    };
    const run: AdamStep = isFusedAdam() ? fusedAdam : composedAdam;
    const [next, firstMoment, secondMoment] = run(parameter, gradient, slot, attributes);
    disposeSlot(slot);
    tf.keep(firstMoment);
    tf.keep(secondMoment);
    slots.set(name, { firstMoment, secondMoment, step: attributes.step });
    return next;
  }

  return {
    step(parameters, gradients) {
      const names = Object.keys(gradients);
      for (const name of names) checkGradient(name, parameters[name], gradients[name]!);
      const clipped = clipNorm === null ? gradients : clip(gradients, clipNorm);
      const next = names.map((name) => [name, stepOne(name, parameters[name]!, clipped[name]!)]);
      if (clipped !== gradients) tf.dispose(clipped);
      return Object.fromEntries(next);
    },
    drop(name) {
      const slot = slots.get(name);
      if (slot) disposeSlot(slot);
      slots.delete(name);
    },
    dropRows(name, rows) {
      const slot = slots.get(name);
      if (slot === undefined || rows.length === 0) return;
      slots.set(name, withoutRows(slot, rows));
    },
    slots: () => Object.fromEntries([...slots].map(([name, slot]) => [name, copySlot(slot)])),
    restore(given) {
      for (const slot of slots.values()) disposeSlot(slot);
      slots.clear();
      for (const [name, slot] of Object.entries(given)) slots.set(name, copySlot(slot));
    },
    dispose() {
      for (const slot of slots.values()) disposeSlot(slot);
      slots.clear();
    },
  };
}

function clip(gradients: Readonly<Record<string, tf.Tensor>>, clipNorm: number) {
  return tf.tidy(() => {
    const squares = Object.values(gradients).map((gradient) => tf.sum(tf.square(gradient)));
    const norm = tf.sqrt(tf.addN(squares));
    const factor = tf.minimum(1, tf.div(clipNorm, norm)); // a norm of 0 gives 1
    const names = Object.keys(gradients);
    return Object.fromEntries(names.map((name) => [name, tf.mul(gradients[name]!, factor)]));
  });
}

function checkGradient(name: string, parameter: tf.Tensor | undefined, gradient: tf.Tensor): void {
  if (parameter !== undefined && String(parameter.shape) === String(gradient.shape)) return;
  throw new RangeError(
    `Adam.step: the gradient of "${name}" must have its parameter's shape, [${parameter?.shape ?? "no such parameter"}]; got [${gradient.shape}].`,
  );
}

function checkOptions(options: Record<string, number | null>): void {
  for (const [name, value] of Object.entries(options)) {
    if (value === null) continue;
    const isBeta = name === "beta1" || name === "beta2";
    const mayBeZero = isBeta || name === "weightDecay";
    const holds = (mayBeZero ? value >= 0 : value > 0) && (isBeta ? value < 1 : value < Infinity);
    if (holds) continue;
    const range = isBeta ? "at least 0 and below 1" : mayBeZero ? "0 or more" : "positive";
    throw new RangeError(`createAdam: ${name} must be ${range}; got ${value}.`);
  }
}
