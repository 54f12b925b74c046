import { stat } from "node:fs/promises";
import { join } from "node:path";

/** The files, and the folder, that a page is made of. */
const FILES = [
  "config.json",
  "events.jsonl",
  "alignment.bin",
  "summary.json",
  "checkpoints", // its time changes with every checkpoint
];

/**
 * A text that is another one when a run's folder has changed: sizes and times of its files. Asking for
 * it costs next to nothing, so that one can watch a run on any file system.
 */
export async function runVersion(folder: string): Promise<string> {
  const parts = await Promise.all(
    FILES.map(async (name) => {
      const found = await stat(join(folder, name)).catch(() => undefined);
      return found === undefined ? "-" : `${found.size}@${found.mtimeMs}`;
    }),
  );
  return parts.join(" ");
}
