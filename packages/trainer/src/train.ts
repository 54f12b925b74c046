import type { Splits } from "@muir/data";
import type { DecompositionPlan } from "@muir/decompose";
import { requireGradients, settled } from "@muir/hypermodule";
import * as tf from "@tensorflow/tfjs-core";
import type { ChangeableSetting } from "./check-resume.js";
import { completeSettings } from "./complete-settings.js";
import { type Evaluation, evaluate } from "./evaluate.js";
import { type Pause, parametersOf, runGeneration, trainedParametersOf } from "./generation.js";
import type { GenerationEvent, Phase } from "./generation-event.js";
import { moduleCount } from "./network.js";
import { disposeOpen } from "./open-generation.js";
import { nextPhase } from "./phases.js";
import {
  closeSession,
  openSession,
  returnToBest,
  type Session,
  takeUp,
  withLatest,
} from "./session.js";
import type { TrainingSettings } from "./settings.js";
import { type Snapshot, snapshotOf } from "./snapshot.js";
import { takeCheckpoint } from "./take-checkpoint.js";
import type { Task } from "./task.js";
import type { TrainingCheckpoint } from "./training-checkpoint.js";
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
   * generations is the present one. Called again, it goes on where it stopped.
   *
   * @throws {DivergenceError} if a loss, gradient or weight stops being finite; the best state is the
   *   present one, and what goes on when it is called again.
   */
  generations(
    signal?: AbortSignal,
    options?: GenerationsOptions,
  ): AsyncGenerator<GenerationEvent, void, void>;
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
  /**
   * The latest state, that from which training goes on, or the best one, as plain numbers; null before the
   * first generation has a best one.
   */
  snapshot(which: "latest" | "best"): Promise<Snapshot | null>;
  /** The phase of the generation that comes next; null when all are done. */
  next(): Phase | null;
  /**
   * Everything that is needed to go on as if nothing had happened, between two generations, after the
   * last, or in a `pause` between steps; {@link createTraining} takes it as `resume`.
   *
   * @throws {DivergenceError} if what the generation did until the pause is not finite.
   * @throws {Error} if the last generation failed.
   */
  checkpoint(): Promise<TrainingCheckpoint>;
  /** Frees all tensors; nothing else may be called afterwards. */
  dispose(): void;
}

/** How generations are run. */
export interface GenerationsOptions {
  /**
   * Asked after each step but a generation's last, which may be minutes away. Whoever returns false, or a
   * promise of it, stops training there; called again, `generations` goes on with the next step.
   */
  readonly pause?: Pause;
}

/** Where a training goes on. */
export interface ResumeOptions {
  /** Of a training with the same tasks and settings, on the same backend for the same numbers. */
  readonly resume?: TrainingCheckpoint;
  /** Settings that are changed on purpose, such as a learning rate that was too high. */
  readonly mayDiffer?: readonly ChangeableSetting[];
}

/**
 * Prepares the joint training of tasks while a search finds which hypermodule serves where
 * (Algorithm 1 of the paper).
 *
 * @param given settings that differ from {@link defaultSettings}.
 * Looks at one example of each train and validation split, to refuse data that do not fit.
 *
 * With `resume` it goes on from a checkpoint, and what follows equals what would have followed without
 * the interruption, bit for bit on one backend. More `generations` or `finalGenerations` than the checkpoint
 * was made with are taken if they equal a longer training from the start, and refused otherwise.
 *
 * @throws {RangeError} if a setting is out of range, tasks do not fit together, data do not fit
 *   their architecture, loss or metric (both shapes are named), or `resume` belongs to other tasks or
 *   settings (the keys that differ are named) or is not whole.
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
  { resume, mayDiffer = [] }: ResumeOptions = {},
): Training {
  requireGradients("createTraining");
  const settings = completeSettings(given);
  const session = openSession(tasks, settings, resume ? { checkpoint: resume, mayDiffer } : null);
  const { network, state, readers, turns } = session;
  return {
    settings,
    plan: network.plan,
    modules: network.plan.locations === 0 ? 0 : moduleCount(network),
    alignment: () => state.alignment.slice(),
    generations: (signal, { pause } = {}) => allPhases(session, signal, pause),
    parameters: () => parametersOf(session),
    trainedParameters: () => trainedParametersOf(session),
    evaluate: (split) => evaluate(network, state, { readers: readers[split], turns }),
    weights: () => plainWeights(session),
    states: () => statesOf(session),
    snapshot: (which) => takeSnapshot(session, which),
    next: () => nextPhase(session)?.name ?? null,
    checkpoint: () => takeCheckpoint(session),
    dispose: () => closeSession(session),
  };
}

async function* allPhases(session: Session, signal?: AbortSignal, pause?: Pause) {
  takeUp(session);
  try {
    while (!signal?.aborted) {
      // a phase starts from the last state, not the best: what the search knew last is worth more than how
      // it validated while mixing
      const phase = nextPhase(session);
      if (phase === null) return;
      session.phase = phase;
      const event = await oneGeneration(session, pause);
      if (event === null) return;
      yield event;
      if (session.turns.due()) await session.turns.give();
    }
  } finally {
    returnToBest(session);
  }
}

async function oneGeneration(session: Session, pause?: Pause): Promise<GenerationEvent | null> {
  session.failed = false; // one that failed left the best state, from which this one starts
  try {
    return await runGeneration(session, session.phase.name, pause);
  } catch (error) {
    session.failed = true;
    disposeOpen(session.open);
    session.open = null;
    throw error;
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
  const { best } = session;
  if (which === "best") return best && snapshotOf(session, best.saved, best);
  return withLatest(session, (latest) => snapshotOf(session, latest, session));
}
