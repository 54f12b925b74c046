import { type Bank, createBank, disposeBank, fitBank } from "@muir/hypermodule";
import type { Initializer, ModelState } from "@muir/models";
import { type Random, standardNormal } from "@muir/random";
import * as tf from "@tensorflow/tfjs-core";
import { type Adam, createAdam } from "./adam.js";
import type { AdamSlot } from "./adam-slot.js";
import { firstAlignment } from "./first-alignment.js";
import { drawingOf, moduleCount, type Network, privateName } from "./network.js";
import type { TrainingSettings } from "./settings.js";

/** Everything training changes. Its tensors are never written to, only replaced. */
export interface TrainingState {
  /** Absent when nothing is shared. */
  bank: Bank | null;
  /** The module of each location, `[L]`. */
  alignment: Int32Array;
  /** Parameters that are not generated, by `task/parameter`. */
  privates: Record<string, tf.Tensor>;
  /** Batch-norm averages, recurrent states and the like, by task. */
  modelStates: Record<string, ModelState>;
  readonly optimizer: Adam;
}

/** A copy of a state's numbers at one moment. */
export interface SavedState {
  readonly bank: Bank | null;
  readonly alignment: Int32Array;
  readonly privates: Readonly<Record<string, tf.Tensor>>;
  readonly modelStates: Readonly<Record<string, ModelState>>;
  readonly slots: Readonly<Record<string, AdamSlot>>;
}

/**
 * The state before the first generation, for loops of one's own; free it with {@link disposeState}.
 *
 * @param random what the bank, private parameters and a random alignment are drawn from.
 * @throws {RangeError} if the settings' alignment does not fit, or a shared parameter starts constant.
 */
export function createState(network: Network, random: Random): TrainingState {
  const { settings, tasks, plan } = network;
  const alignment = plan.locations === 0 ? new Int32Array(0) : firstAlignment(network, random);
  return {
    alignment,
    bank: plan.locations === 0 ? null : firstBank(network, alignment, random),
    privates: firstPrivates(network, random),
    modelStates: Object.fromEntries(
      tasks.map(({ name, architecture, batchSize }) => [
        name,
        architecture.initialState?.(batchSize) ?? {},
      ]),
    ),
    optimizer: firstOptimizer(settings),
  };
}

/** A state that goes on from a saved one, which it takes over. */
export function stateFrom(settings: TrainingSettings, saved: SavedState): TrainingState {
  const state = { ...copyTensors(saved), optimizer: firstOptimizer(settings) };
  state.optimizer.restore(saved.slots);
  disposeSaved(saved);
  return state;
}

/** Copies a state; the copy shares its numbers, which are never written to. */
export function saveState(state: TrainingState): SavedState {
  return { ...copyTensors(state), slots: state.optimizer.slots() };
}

/** Makes `state` what it was when `saved` was taken; `saved` can be used again. */
export function loadState(state: TrainingState, saved: SavedState): void {
  disposeTensors(state);
  Object.assign(state, copyTensors(saved));
  state.optimizer.restore(saved.slots);
}

/** Frees a saved state's tensors. */
export function disposeSaved(saved: SavedState): void {
  disposeTensors(saved);
  for (const { firstMoment, secondMoment } of Object.values(saved.slots)) {
    tf.dispose([firstMoment, secondMoment]);
  }
}

/** Frees a state's tensors. */
export function disposeState(state: TrainingState): void {
  disposeTensors(state);
  state.optimizer.dispose();
}

type Tensors = Pick<SavedState, "bank" | "alignment" | "privates" | "modelStates">;

function copyTensors({ bank, alignment, privates, modelStates }: Tensors) {
  const copyAll = (tensors: Readonly<Record<string, tf.Tensor>>) =>
    Object.fromEntries(Object.entries(tensors).map(([name, t]) => [name, tf.clone(t)]));
  return {
    bank: bank && (copyAll({ ...bank }) as unknown as Bank),
    alignment: alignment.slice(),
    privates: copyAll(privates),
    modelStates: Object.fromEntries(
      Object.entries(modelStates).map(([task, state]) => [task, copyAll(state)]),
    ),
  };
}

function disposeTensors({ bank, privates, modelStates }: Tensors): void {
  tf.dispose([bank ?? [], privates, modelStates] as never);
}

function firstOptimizer(settings: TrainingSettings): Adam {
  const { learningRate, softLearningRate } = settings;
  const { moduleLearningRate, contextLearningRate } = settings;
  const rates = {
    softWeights: softLearningRate,
    modules: moduleLearningRate ?? learningRate,
    contexts: contextLearningRate ?? learningRate,
  };
  return createAdam({ learningRate, rates });
}

function firstBank(network: Network, alignment: Int32Array, random: Random): Bank {
  const { settings, plan, tasks } = network;
  const drawing = drawingOf(network);
  const drawn = createBank({
    ...drawing,
    modules: moduleCount(network),
    scale: settings.initialScale,
    alignment,
    random: random.split("bank"),
  });
  const given = tasks.filter(
    ({ name, start }) => start && plan.shared.some(({ model }) => model === name),
  );
  if (given.length === 0) return drawn;
  try {
    const weights = Object.fromEntries(given.map(({ name, start }) => [name, start!]));
    return fitBank(drawn, alignment, { ...drawing, plan, weights });
  } finally {
    disposeBank(drawn);
  }
}

function firstPrivates({ plan, tasks }: Network, random: Random): Record<string, tf.Tensor> {
  const named = new Map(tasks.map((task) => [task.name, task]));
  return Object.fromEntries(
    plan.private.map(({ model, parameter, shape }) => {
      const name = privateName(model, parameter);
      const { architecture, start } = named.get(model)!;
      if (start) return [name, tf.clone(start[parameter]!)];
      const { initial } = architecture.parameters[parameter]!;
      return [name, drawParameter(shape, initial, random.split(`parameter ${name}`))];
    }),
  );
}

function drawParameter(shape: readonly number[], initial: Initializer, random: Random): tf.Tensor {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  for (let i = 0; i < values.length; i++) {
    values[i] =
      "constant" in initial
        ? initial.constant
        : (initial.mean ?? 0) + initial.standardDeviation * standardNormal(random);
  }
  return tf.tensor(values, [...shape]);
}
