import type { TrainingSettings } from "@muir/trainer";
import { UsageError } from "../usage-error.js";
import { CheckpointError } from "./checkpoint/checkpoint-error.js";
import { openCheckpointFolder } from "./checkpoint/checkpoint-folder.js";
import type { ReadCheckpoint } from "./checkpoint/read-checkpoint.js";
import { trainingFrom } from "./create-training.js";
import type { PreparedRun } from "./prepared-run.js";

/** A run, with its training where a checkpoint left it. */
export interface ResumedRun {
  readonly run: PreparedRun;
  readonly from: ReadCheckpoint & {
    /** Whether it is to become longer than it was. */
    readonly isExtended: boolean;
  };
}

/**
 * Puts a prepared run where its newest whole checkpoint is; or, if it is to search longer than it did, where
 * its search ended. What cannot be used is said loudly.
 *
 * @throws {UsageError} if no checkpoint is whole, or the run's settings are others than the checkpoint's,
 *   naming the keys.
 */
export async function resumeRun(run: PreparedRun, folder: string): Promise<ResumedRun> {
  const say = (line: string) => process.stderr.write(`muir: ${line}\n`);
  try {
    const checkpoints = openCheckpointFolder(folder, { say });
    const newest = await checkpoints.newest();
    try {
      return resumed(run, newest);
    } catch (error) {
      const earlier = error instanceof UsageError ? await checkpoints.searchEnd() : null;
      if (earlier === null) throw error;
      try {
        return resumed(run, earlier);
      } catch {
        throw error;
      }
    }
  } catch (error) {
    run.training.dispose();
    run.dispose?.();
    if (!(error instanceof CheckpointError)) throw error;
    throw new UsageError(`${error.message} Run it again from the start.`, { cause: error });
  }
}

function resumed(run: PreparedRun, read: ReadCheckpoint): ResumedRun {
  const { checkpoint, run: memory } = read;
  const training = trainingFrom(run, { checkpoint, restores: memory.restores.length });
  run.training.dispose();
  const lengths: (keyof TrainingSettings)[] = ["generations", "finalGenerations"];
  const then = checkpoint.origin.settings;
  const isExtended = lengths.some((name) => training.settings[name] !== then[name]);
  return { run: { ...run, training }, from: { checkpoint, run: memory, isExtended } };
}
