import { join } from "node:path";
import { type EventFile, type GenerationRecord, openEventFile } from "@muir/report";

/** A folder of a run in which TensorBoard looks. */
export const TENSORBOARD = "tensorboard";

/** What one run writes for TensorBoard while it goes on. */
export interface TensorBoardLog {
  append(record: GenerationRecord): void;
  close(): void;
}

/**
 * Writes each generation of the run in `folder` for TensorBoard, as it ends. The file is opened with the
 * first: until then the run may still remove what an earlier one left.
 */
export function tensorBoardLog(folder: string): TensorBoardLog {
  let events: EventFile | undefined;
  return {
    append(record) {
      events ??= openEventFile(join(folder, TENSORBOARD));
      events.append(record);
    },
    close: () => events?.close(),
  };
}
