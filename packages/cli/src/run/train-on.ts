import type { GenerationEvent, Training } from "@muir/trainer";
import type { CheckpointFolder } from "./checkpoint/checkpoint-folder.js";
import { type CheckpointInterval, createClock } from "./checkpoint/checkpoint-interval.js";
import type { RunMemory } from "./checkpoint/manifest.js";
import type { GroupingLog } from "./grouping-log.js";
import { restoreRemarks } from "./restore-remarks.js";
import type { RunFolder } from "./run-folder.js";

/** What a training is written down in while it goes on. */
export interface TrainOn {
  readonly folder: RunFolder;
  readonly checkpoints: CheckpointFolder;
  readonly every: CheckpointInterval;
  readonly grouping: GroupingLog;
  /** What a checkpoint written now is to remember. */
  memory(): RunMemory;
  /** Stops after the present step. */
  readonly signal: AbortSignal | undefined;
  /** Whether to write a checkpoint before the first step. */
  readonly first: boolean;
  onEvent(event: GenerationEvent): void;
}

/**
 * Trains until the end or the signal, and writes down every generation. A checkpoint is written when one is
 * due, as the search ends, and last.
 *
 * @throws {DivergenceError} if a number stops being finite.
 */
export async function trainOn(training: Training, options: TrainOn): Promise<void> {
  const { folder, checkpoints, every, grouping, memory, signal, first, onEvent } = options;
  const clock = createClock(every);
  let isWritten = false;
  const write = async (endsSearch = false) => {
    const checkpoint = await training.checkpoint();
    folder.sync(); // no checkpoint is ahead of the events
    await checkpoints.write({ checkpoint, run: memory(), endsSearch });
    isWritten = true;
    clock.reset();
    return true;
  };
  const pause = () => {
    isWritten = false;
    if (signal?.aborted) return false;
    return clock.isDue(null) ? write() : true;
  };
  if (first) await write();
  for await (const event of training.generations(undefined, { pause })) {
    isWritten = false;
    const remarks = restoreRemarks(memory().restores, event.generation);
    folder.append(event, remarks.length > 0 ? { restored: remarks } : {});
    grouping.add(event.generation, event.alignment);
    onEvent(event);
    const endsSearch = event.phase !== "final" && training.next() === "final";
    if (endsSearch || clock.isDue(event.generation)) await write(endsSearch);
    if (signal?.aborted) break;
  }
  if (!isWritten) await write();
}
