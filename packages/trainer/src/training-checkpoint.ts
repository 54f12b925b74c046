import type { MidwayNumbers } from "./midway-numbers.js";
import type { Origin } from "./origin.js";
import type { PhasePosition } from "./phases.js";
import type { Snapshot, StateNumbers } from "./snapshot.js";

/** Everything a training needs to go on as if nothing had happened, as plain data. */
export interface TrainingCheckpoint {
  /** What it is a checkpoint of; a training of anything else refuses it. */
  readonly origin: Origin;
  /** With `best`, what early stopping remembers. */
  readonly phase: PhasePosition;
  /**
   * The state that the next generation, or the next step of `midway`, starts from; counters are those of
   * the generations that ended.
   */
  readonly latest: Snapshot;
  /** The generation that goes on; null between generations. */
  readonly midway: MidwayNumbers | null;
  /** Null before the first generation has ended. Where it is the latest, it has the same tensors. */
  readonly best: BestNumbers | null;
}

/** The best state as plain numbers. */
export interface BestNumbers extends StateNumbers {
  readonly validationLoss: number;
}
