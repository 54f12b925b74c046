import { type Batches, batches, restoreBatches, type Splits } from "@muir/data";
import { createRandom, type Random, restoreRandom } from "@muir/random";
import { checkCheckpoint } from "./check-checkpoint.js";
import { type ChangeableSetting, checkResume } from "./check-resume.js";
import { createFeed, type Feed } from "./feed.js";
import { openFromNumbers } from "./midway-numbers.js";
import { createNetwork, type Network } from "./network.js";
import { disposeOpen, type OpenGeneration } from "./open-generation.js";
import { firstPhase, type PhasePosition } from "./phases.js";
import { savedFromNumbers } from "./saved-from-numbers.js";
import type { TrainingSettings } from "./settings.js";
import { createSplitReader, type SplitReader } from "./split-reader.js";
import type { Task } from "./task.js";
import type { TrainingCheckpoint } from "./training-checkpoint.js";
import {
  createState,
  disposeSaved,
  disposeState,
  loadState,
  type SavedState,
  saveState,
  stateFrom,
  type TrainingState,
} from "./training-state.js";
import { createTurns, type Turns } from "./turns.js";

/** Everything a running training holds. */
export interface Session {
  readonly network: Network;
  readonly state: TrainingState;
  readonly random: {
    readonly search: Random;
    /** By task name: what one task draws depends on no other. */
    readonly dropout: Readonly<Record<string, Random>>;
  };
  /** One cursor over the train split of each task, in the tasks' order. */
  readonly cursors: readonly Batches[];
  /** One feed of training batches for each task. */
  readonly feeds: readonly Feed[];
  /** For evaluation, one reader for each split and task. */
  readonly readers: Readonly<Record<keyof Splits, readonly SplitReader[]>>;
  /** When the event loop gets a turn. */
  readonly turns: Turns;
  /** Generations done, and the steps of these. */
  generation: number;
  steps: number;
  /** The generation that goes on, if there is one. */
  open: OpenGeneration | null;
  best: BestState | null;
  /** Where in its phases the last generation was. */
  phase: PhasePosition;
  /** The state to go on from, while the best one is the present one. */
  aside: SavedState | null;
  /** Whether the last generation failed, so that there is nothing to go on from but the best state. */
  failed: boolean;
}

/** Where a training goes on. */
export interface Resume {
  readonly checkpoint: TrainingCheckpoint;
  /** Settings that were changed on purpose. */
  readonly mayDiffer: readonly ChangeableSetting[];
}

/** The state with the lowest validation loss so far. */
export interface BestState {
  readonly generation: number;
  readonly steps: number;
  readonly validationLoss: number;
  readonly saved: SavedState;
}

/**
 * A session before its first generation, or where a checkpoint left one. Every random choice follows
 * from the seed.
 *
 * @throws {RangeError} if the checkpoint belongs to other tasks or settings, or is not whole.
 */
export function openSession(
  tasks: readonly Task[],
  settings: TrainingSettings,
  resume: Resume | null = null,
): Session {
  const network = createNetwork(tasks, settings);
  const random = createRandom(settings.seed);
  if (resume) {
    checkResume(network, resume.checkpoint, resume.mayDiffer);
    checkCheckpoint(network, resume.checkpoint);
  }
  const readersOf = (split: keyof Splits) =>
    tasks.map(({ splits, batchSize }) => createSplitReader(splits[split], batchSize));
  return {
    network,
    ...(resume ? resumed(network, random, resume.checkpoint) : started(network, random)),
    feeds: tasks.map(() => createFeed()),
    readers: {
      train: readersOf("train"),
      validation: readersOf("validation"),
      test: readersOf("test"),
    },
    turns: createTurns(),
    aside: null,
    failed: false,
  };
}

type Position = Omit<Session, "network" | "feeds" | "readers" | "turns" | "aside" | "failed">;

function started(network: Network, random: Random): Position {
  const { tasks } = network;
  return {
    state: createState(network, random),
    random: {
      search: random.split("search"),
      dropout: Object.fromEntries(
        tasks.map(({ name }) => [name, random.split(`dropout of ${name}`)]),
      ),
    },
    cursors: tasks.map((task) => batches(task.splits.train, batchOptions(task, random))),
    generation: 0,
    steps: 0,
    open: null,
    best: null,
    phase: firstPhase,
  };
}

/** The checkpoint was checked; tensors are made last, so that nothing of them is left if it is refused. */
function resumed(network: Network, random: Random, checkpoint: TrainingCheckpoint): Position {
  const { latest, best, midway, phase } = checkpoint;
  const { tasks, settings } = network;
  const drawing = {
    search: restoreRandom(latest.random.search),
    dropout: Object.fromEntries(
      tasks.map(({ name }) => [name, restoreRandom(latest.random.dropout[name]!)]),
    ),
  };
  const cursors = tasks.map((task) =>
    restoreBatches(task.splits.train, batchOptions(task, random), latest.cursors[task.name]!),
  );
  const { generation, steps } = latest;
  return {
    state: stateFrom(settings, savedFromNumbers(network, latest)),
    random: drawing,
    cursors,
    ...{ generation, steps, phase },
    open: midway && openFromNumbers(network, midway, latest),
    best: best && {
      generation: best.generation,
      steps: best.steps,
      validationLoss: best.validationLoss,
      saved: savedFromNumbers(network, best),
    },
  };
}

const batchOptions = ({ name, batchSize }: Task, random: Random) => ({
  size: batchSize,
  random: random.split(`batches of ${name}`),
});

/** Keeps the present state if its validation loss is the lowest so far; says whether it is. */
export function keepIfBest(session: Session, validationLoss: number): boolean {
  const { best, generation, steps, state } = session;
  if (best !== null && !(validationLoss < best.validationLoss)) return false;
  if (best) disposeSaved(best.saved);
  session.best = { generation, steps, validationLoss, saved: saveState(state) };
  return true;
}

/** Makes the best state the present one, if there is one, and puts aside the one to go on from. */
export function returnToBest(session: Session): void {
  const { state, best, failed } = session;
  if (!best) return;
  if (!failed) session.aside = saveState(state);
  loadState(state, best.saved);
}

/** Hands over the state that training goes on from, which may be put aside, and frees what was copied for that. */
export async function withLatest<T>(
  { aside, state }: Session,
  use: (latest: SavedState) => Promise<T>,
): Promise<T> {
  if (aside) return use(aside);
  const copy = saveState(state);
  try {
    return await use(copy);
  } finally {
    disposeSaved(copy);
  }
}

/** Makes the state that was put aside the present one again. */
export function takeUp(session: Session): void {
  const { state, aside } = session;
  if (!aside) return;
  loadState(state, aside);
  disposeSaved(aside);
  session.aside = null;
}

/** Frees all tensors of a session. */
export function closeSession(session: Session): void {
  disposeState(session.state);
  if (session.best) disposeSaved(session.best.saved);
  if (session.aside) disposeSaved(session.aside);
  session.best = null;
  session.aside = null;
  disposeOpen(session.open);
  session.open = null;
  for (const feed of session.feeds) feed.dispose();
  for (const reader of Object.values(session.readers).flat()) reader.dispose();
}
