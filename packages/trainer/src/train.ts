import type { Splits } from "@muir/data";
import type { DecompositionPlan } from "@muir/decompose";
import { requireGradients, settled } from "@muir/hypermodule";
import * as tf from "@tensorflow/tfjs-core";
import { completeSettings } from "./complete-settings.js";
import { type Evaluation, evaluate } from "./evaluate.js";
import { parametersOf, runGeneration, trainedParametersOf } from "./generation.js";
import type { GenerationEvent, Phase } from "./generation-event.js";
import { moduleCount } from "./network.js";
import { closeSession, openSession, returnToBest, type Session } from "./session.js";
import type { TrainingSettings } from "./settings.js";
import { type Snapshot, snapshotOf } from "./snapshot.js";
import type { Task } from "./task.js";
import { disposeSaved, saveState } from "./training-state.js";
import { blocksOf, weightsOf } from "./weights.js";

/** A training that has begun or waits to. It owns tensors until it is disposed. */
export interface Training {
  readonly settings: TrainingSettings;
  /** How the tasks' weights are cut into blocks. */
  readonly plan: DecompositionPlan;
  /** Hypermodules K; 0 when nothing is shared. */
  readonly modules: number;
  /** The alignment now, `[L]`; a copy. */
  alignment(): Int32Array;
  /**
   * Trains, one event a generation: burn-in, search, then the alignment found is trained on without
   * challengers. When it ends, or `signal` stops it after a generation, the best state of all
   * generations is the present one.
   *
   * @throws {DivergenceError} if a loss stops being finite; the best state is the present one.
   */
  generations(signal?: AbortSignal): AsyncGenerator<GenerationEvent, void, void>;
  /** Trainable numbers of all tasks as they would be deployed now. */
  parameters(): number;
  /** Numbers that training moves, private ones and the bank's; soft weights are not counted. */
  trainedParameters(): number;
  /** Loss and metric of every task as deployed. Ask for `test` once, at the end. */
  evaluate(split: keyof Splits): Promise<Record<string, Evaluation>>;
  /** Plain weights of every task's original network; the caller disposes them. */
  weights(): Record<string, Record<string, tf.Tensor>>;
  /**
   * What each task's network carries beside its weights: averages of batch normalization, states of streams. The
   * caller disposes them.
   */
  states(): Record<string, Record<string, tf.Tensor>>;
  /** The latest or the best state as plain numbers; null before the first generation has a best one. */
  snapshot(which: "latest" | "best"): Promise<Snapshot | null>;
  /** Frees all tensors; nothing else may be called afterwards. */
  dispose(): void;
}

/**
 * Prepares the joint training of tasks while a search finds which hypermodule serves where
 * (Algorithm 1 of the paper).
 *
 * @param given settings that differ from {@link defaultSettings}.
 * Looks at one example of each train and validation split, to refuse data that do not fit.
 *
 * @throws {RangeError} if a setting is out of range, tasks do not fit together, or data do not fit
 *   their architecture, loss or metric: both shapes are named.
 * @throws {TypeError} if symbols or labels are not whole numbers.
 * @throws {Error} if TensorFlow.js has no gradients registered.
 * @example
 * ```ts
 * const training = createTraining([task], { block: [20, 1], generations: 100 });
 * for await (const { generation, validationLoss } of training.generations()) {
 *   console.log(generation, validationLoss);
 * }
 * const { metric } = (await training.evaluate("test"))[task.name]!;
 * training.dispose();
 * ```
 */
export function createTraining(
  tasks: readonly Task[],
  given: Partial<TrainingSettings> = {},
): Training {
  requireGradients("createTraining");
  const settings = completeSettings(given);
  const session = openSession(tasks, settings);
  const { network, state, readers, turns } = session;
  return {
    settings,
    plan: network.plan,
    modules: network.plan.locations === 0 ? 0 : moduleCount(network),
    alignment: () => state.alignment.slice(),
    generations: (signal) => allPhases(session, signal),
    parameters: () => parametersOf(session),
    trainedParameters: () => trainedParametersOf(session),
    evaluate: (split) => evaluate(network, state, { readers: readers[split], turns }),
    weights: () => plainWeights(session),
    states: () => statesOf(session),
    snapshot: (which) => takeSnapshot(session, which),
    dispose: () => closeSession(session),
  };
}

async function* allPhases(session: Session, signal?: AbortSignal) {
  const { burnIn, generations, finalGenerations, patience } = session.network.settings;
  try {
    yield* phase(session, "burn-in", { most: burnIn, patience: null, signal });
    yield* phase(session, "search", { most: generations, patience, signal });
    // not from the best state: what the search knew last is worth more than how it validated while mixing
    yield* phase(session, "final", { most: finalGenerations, patience, signal });
  } finally {
    returnToBest(session);
  }
}

interface PhaseLimits {
  readonly most: number;
  readonly patience: number | null;
  readonly signal: AbortSignal | undefined;
}

async function* phase(session: Session, name: Phase, { most, patience, signal }: PhaseLimits) {
  const start = session.generation;
  while (session.generation - start < most && !signal?.aborted) {
    const event = await runGeneration(session, name);
    yield event;
    const sinceBest = event.generation - Math.max(start, session.best!.generation);
    if (patience !== null && sinceBest >= patience) return;
    if (session.turns.due()) await session.turns.give();
  }
}

function plainWeights({ network, state }: Session): Record<string, Record<string, tf.Tensor>> {
  return tf.tidy(() => {
    const blocks = blocksOf(state, settled(state.alignment));
    return Object.fromEntries(
      network.tasks.map((task) => {
        const weights = weightsOf(network, { task, state, blocks });
        const copies = Object.entries(weights).map(([name, tensor]) => [name, tf.clone(tensor)]);
        return [task.name, Object.fromEntries(copies)];
      }),
    );
  });
}

function statesOf({ state }: Session): Record<string, Record<string, tf.Tensor>> {
  return Object.fromEntries(
    Object.entries(state.modelStates).map(([task, tensors]) => {
      const copies = Object.entries(tensors).map(([name, tensor]) => [name, tf.clone(tensor)]);
      return [task, Object.fromEntries(copies)];
    }),
  );
}

async function takeSnapshot(session: Session, which: "latest" | "best"): Promise<Snapshot | null> {
  const { best, state } = session;
  if (which === "best") return best && snapshotOf(session, best.saved, best);
  const saved = saveState(state);
  try {
    return await snapshotOf(session, saved, session);
  } finally {
    disposeSaved(saved);
  }
}
