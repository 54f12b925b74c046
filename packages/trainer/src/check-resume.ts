import { alphaAt } from "./alpha-at.js";
import type { Network } from "./network.js";
import { differences, originOf } from "./origin.js";
import type { TrainingSettings } from "./settings.js";
import type { TrainingCheckpoint } from "./training-checkpoint.js";

/** Settings that may be changed on purpose, by name, though the training then is another one. */
export type ChangeableSetting =
  | "learningRate"
  | "moduleLearningRate"
  | "contextLearningRate"
  | "softLearningRate";

/**
 * Checks that the generations which led to a checkpoint would have been the same with these tasks and
 * settings, so that going on from it equals training with them from the start. `generations` and
 * `finalGenerations` may therefore differ as long as no generation that was done depended on them.
 *
 * @throws {RangeError} naming the keys that differ.
 */
export function checkResume(
  network: Network,
  checkpoint: TrainingCheckpoint,
  mayDiffer: readonly ChangeableSetting[],
): void {
  const found = differences(originOf(network), checkpoint.origin);
  for (const name of mayDiffer) delete found[`settings.${name}`];
  checkLengths(network.settings, checkpoint, found);
  const listed = Object.entries(found).map(([key, values]) => `${key} (${values})`);
  if (listed.length === 0) return;
  throw new RangeError(
    `createTraining: resume must be a checkpoint of these tasks and settings; they differ in ${listed.join(", ")}. Give those it was made with, or start anew.`,
  );
}

/** Takes out of `found` the lengths of phases where they changed nothing that was done. */
function checkLengths(
  now: TrainingSettings,
  { origin, phase, latest, midway }: TrainingCheckpoint,
  found: Record<string, string>,
): void {
  const then = origin.settings;
  const done = latest.generation + (midway ? 1 : 0); // with one that has begun
  const searched =
    phase.name === "burn-in" ? 0 : (phase.name === "search" ? done : phase.start) - then.burnIn;
  const settled = phase.name === "final" ? done - phase.start : 0;
  if (settled <= now.finalGenerations) delete found["settings.finalGenerations"];
  const key = "settings.generations";
  if (found[key] === undefined || searched > now.generations) return;
  // a search that patience ended would have ended there however long it might have gone on
  const wouldSearchOn =
    phase.name === "final" && searched === then.generations && now.generations > searched;
  if (wouldSearchOn) {
    found[key] += "; its search has ended: go on from a checkpoint before the final phase";
    return;
  }
  const dependent = firstOtherAlpha(now, then, searched);
  if (dependent === null) {
    delete found[key];
    return;
  }
  found[key] +=
    `; with settings.finalAlpha, alpha depends on it from generation ${dependent} of the search on`;
}

/** The first of the generations done in which challengers would have started otherwise. */
function firstOtherAlpha(now: TrainingSettings, then: TrainingSettings, done: number) {
  if (now.selection === "none" || now.sharing === "none") return null;
  for (let generation = 1; generation <= done; generation++) {
    if (alphaAt(now, generation) !== alphaAt(then, generation)) return generation;
  }
  return null;
}
