import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { TrainingCheckpoint } from "@muir/trainer";
import { muirVersion } from "../versions.js";
import { checkpointParts } from "./checkpoint-parts.js";
import { CHECKSUMS, formatChecksums } from "./checksums.js";
import { syncFolder, writeDurably } from "./durable-file.js";
import { formatSafetensors } from "./format-safetensors.js";
import { FORMAT, MANIFEST, type Manifest, type RunMemory, VERSION } from "./manifest.js";

/** Before the names of folders that are not whole yet. */
export const UNFINISHED = ".part-";

/**
 * Writes a checkpoint as the folder `name` in `folder`, whole or not at all: to another name, every file
 * and the folder flushed to the disk, then renamed.
 */
export async function writeCheckpoint(
  folder: string,
  name: string,
  { checkpoint, run }: { checkpoint: TrainingCheckpoint; run: RunMemory },
): Promise<void> {
  const unfinished = join(folder, `${UNFINISHED}${name}`);
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished);
  try {
    await writeFiles(unfinished, { checkpoint, run });
    await syncFolder(unfinished);
    await rename(unfinished, join(folder, name));
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => {}); // the first error counts
    throw error;
  }
  await syncFolder(folder);
}

async function writeFiles(
  folder: string,
  { checkpoint, run }: { checkpoint: TrainingCheckpoint; run: RunMemory },
): Promise<void> {
  const { training, files } = checkpointParts(checkpoint);
  const sums: Record<string, string> = {};
  const bytes: Record<string, number> = {};
  const metadata = { format: FORMAT, version: String(VERSION) };
  for (const [name, tensors] of Object.entries(files)) {
    const written = await writeDurably(join(folder, name), formatSafetensors(tensors, metadata));
    sums[name] = written.sum;
    bytes[name] = written.bytes;
  }
  const manifest: Manifest = {
    ...{ format: FORMAT, version: VERSION, muir: muirVersion, bytes, training, run },
  };
  const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  sums[MANIFEST] = (await writeDurably(join(folder, MANIFEST), [text])).sum;
  await writeDurably(join(folder, CHECKSUMS), [Buffer.from(formatChecksums(sums))]);
}
