import type { GenerationEvent, Training } from "@muir/trainer";
import { checkpointBytes } from "./checkpoint-bytes.js";
import type { RunFolder } from "./run-folder.js";

/** Writes a run's checkpoints: the latest state, and the one that validates best. */
export interface Checkpoints {
  /** Writes both if the last writing was long enough ago. */
  consider(event: GenerationEvent): Promise<void>;
  write(): Promise<void>;
  /** Writes the best state alone, when the latest is of no use any more; false if there is none. */
  writeBest(): Promise<boolean>;
}

/** Where the best state lies in a run's folder. */
export const BEST_CHECKPOINT = "checkpoints/best.safetensors";

const SECONDS_BETWEEN = 10;

/** Writes to `folder`, at most every ten seconds unless told to. */
export function createCheckpoints(training: Training, folder: RunFolder): Checkpoints {
  let written = performance.now();
  let bestIsNew = false;
  let bestIsThere = false;
  const writeOne = async (which: "latest" | "best") => {
    const snapshot = await training.snapshot(which);
    if (snapshot) folder.write(`checkpoints/${which}.safetensors`, checkpointBytes(snapshot));
    return snapshot !== null;
  };
  const writeBest = async () => {
    if (bestIsNew) bestIsThere = await writeOne("best");
    bestIsNew = false;
    return bestIsThere;
  };
  const write = async () => {
    await writeOne("latest");
    await writeBest();
    written = performance.now();
  };
  return {
    async consider({ best }) {
      bestIsNew ||= best;
      if (performance.now() - written > SECONDS_BETWEEN * 1000) await write();
    },
    write,
    writeBest,
  };
}
