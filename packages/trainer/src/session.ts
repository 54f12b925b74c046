import { type Batches, batches, type Splits } from "@muir/data";
import { createRandom, type Random } from "@muir/random";
import { createFeed, type Feed } from "./feed.js";
import { createNetwork, type Network } from "./network.js";
import type { TrainingSettings } from "./settings.js";
import { createSplitReader, type SplitReader } from "./split-reader.js";
import type { Task } from "./task.js";
import {
  createState,
  disposeSaved,
  disposeState,
  loadState,
  type SavedState,
  saveState,
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
  /** Generations and steps done. */
  generation: number;
  steps: number;
  best: BestState | null;
}

/** The state with the lowest validation loss so far. */
export interface BestState {
  readonly generation: number;
  readonly steps: number;
  readonly validationLoss: number;
  readonly saved: SavedState;
}

/** A session before its first generation. Every random choice follows from the seed. */
export function openSession(tasks: readonly Task[], settings: TrainingSettings): Session {
  const network = createNetwork(tasks, settings);
  const random = createRandom(settings.seed);
  const readersOf = (split: keyof Splits) =>
    tasks.map(({ splits, batchSize }) => createSplitReader(splits[split], batchSize));
  return {
    network,
    state: createState(network, random),
    random: {
      search: random.split("search"),
      dropout: Object.fromEntries(
        tasks.map(({ name }) => [name, random.split(`dropout of ${name}`)]),
      ),
    },
    cursors: tasks.map(({ name, splits, batchSize }) =>
      batches(splits.train, { size: batchSize, random: random.split(`batches of ${name}`) }),
    ),
    feeds: tasks.map(() => createFeed()),
    readers: {
      train: readersOf("train"),
      validation: readersOf("validation"),
      test: readersOf("test"),
    },
    turns: createTurns(),
    generation: 0,
    steps: 0,
    best: null,
  };
}

/** Keeps the present state if its validation loss is the lowest so far; says whether it is. */
export function keepIfBest(session: Session, validationLoss: number): boolean {
  const { best, generation, steps, state } = session;
  if (best !== null && !(validationLoss < best.validationLoss)) return false;
  if (best) disposeSaved(best.saved);
  session.best = { generation, steps, validationLoss, saved: saveState(state) };
  return true;
}

/** Goes back to the best state, if there is one. */
export function returnToBest({ state, best }: Session): void {
  if (best) loadState(state, best.saved);
}

/** Frees all tensors of a session. */
export function closeSession(session: Session): void {
  disposeState(session.state);
  if (session.best) disposeSaved(session.best.saved);
  session.best = null;
  for (const feed of session.feeds) feed.dispose();
  for (const reader of Object.values(session.readers).flat()) reader.dispose();
}
