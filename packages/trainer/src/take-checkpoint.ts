import { checkSteps } from "./generation.js";
import { midwayNumbers } from "./midway-numbers.js";
import { originOf } from "./origin.js";
import { type Session, withLatest } from "./session.js";
import { numbersOf, type Snapshot, type StateNumbers, snapshotOf } from "./snapshot.js";
import type { TrainingCheckpoint } from "./training-checkpoint.js";

/**
 * Reads a checkpoint off the device.
 *
 * @throws {DivergenceError} if what the open generation did so far is not finite.
 * @throws {Error} if a generation failed: what it left is no state to go on from.
 */
export async function takeCheckpoint(session: Session): Promise<TrainingCheckpoint> {
  if (session.failed) {
    throw new Error(
      "checkpoint: the last generation must have ended; it failed. Go on from an earlier checkpoint.",
    );
  }
  const { best, network, phase } = session;
  await checkSteps(session);
  return withLatest(session, async (saved) => {
    const latest = await snapshotOf(session, saved, session);
    const isBest = session.open === null && best?.generation === latest.generation;
    const ofBest = best && (isBest ? stateIn(latest) : await numbersOf(best.saved, best));
    return {
      origin: originOf(network),
      phase,
      latest,
      midway: session.open && (await midwayNumbers(session.open)),
      best: ofBest && { ...ofBest, validationLoss: best!.validationLoss },
    };
  });
}

function stateIn({ random, cursors, ...state }: Snapshot): StateNumbers {
  return state;
}
