import { type Origin, originOf } from "./origin.js";
import type { PhasePosition } from "./phases.js";
import type { Session } from "./session.js";
import { numbersOf, type Snapshot, type StateNumbers, snapshotOf } from "./snapshot.js";
import { disposeSaved, saveState } from "./training-state.js";

/**
 * Everything a training needs to go on as if nothing had happened, as plain data. There is no such
 * thing within a generation: soft weights and the losses so far belong to one generation alone.
 */
export interface TrainingCheckpoint {
  /** What it is a checkpoint of; a training of anything else refuses it. */
  readonly origin: Origin;
  /** With `best`, what early stopping remembers. */
  readonly phase: PhasePosition;
  /** The state that the next generation starts from. */
  readonly latest: Snapshot;
  /** Null before the first generation. Of the same generation as `latest`, it has the same tensors. */
  readonly best: BestNumbers | null;
}

/** The best state as plain numbers. */
export interface BestNumbers extends StateNumbers {
  readonly validationLoss: number;
}

/**
 * Reads a checkpoint off the device.
 *
 * @throws {Error} if a generation failed: what it left is no state to go on from.
 */
export async function checkpointOf(session: Session): Promise<TrainingCheckpoint> {
  if (session.failed) {
    throw new Error(
      "checkpoint: the last generation must have ended; it failed. Go on from an earlier checkpoint.",
    );
  }
  const { aside, best, network, phase, state } = session;
  const saved = aside ?? saveState(state);
  try {
    const latest = await snapshotOf(session, saved, session);
    const isBest = best?.generation === latest.generation;
    const ofBest = best && (isBest ? stateIn(latest) : await numbersOf(best.saved, best));
    return {
      origin: originOf(network),
      phase,
      latest,
      best: ofBest && { ...ofBest, validationLoss: best!.validationLoss },
    };
  } finally {
    if (saved !== aside) disposeSaved(saved);
  }
}

function stateIn({ random, cursors, ...state }: Snapshot): StateNumbers {
  return state;
}
