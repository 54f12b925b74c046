import { join } from "node:path";
import type { TrainingCheckpoint } from "@muir/trainer";
import { CheckpointError } from "./checkpoint-error.js";
import { checkpointFromParts } from "./checkpoint-parts.js";
import { CHECKSUMS, parseChecksums } from "./checksums.js";
import { readBounded, readChecked } from "./durable-file.js";
import { MANIFEST, parseManifest, type RunMemory } from "./manifest.js";
import { parseSafetensors } from "./parse-safetensors.js";

/** A checkpoint and what the run remembered. */
export interface ReadCheckpoint {
  readonly checkpoint: TrainingCheckpoint;
  readonly run: RunMemory;
}

const MOST_CHECKSUMS_BYTES = 2 ** 16;
const MOST_MANIFEST_BYTES = 2 ** 26;

/**
 * Reads the checkpoint that lies in a folder. Every file is compared with its checksum before
 * anything in it is believed.
 *
 * @throws {CheckpointError} in one line, naming the file and what is wrong with it.
 */
export async function readCheckpoint(folder: string): Promise<ReadCheckpoint> {
  const sums = parseChecksums(await readText(join(folder, CHECKSUMS)));
  const read = (name: string, most: number) => {
    const sum = Object.hasOwn(sums, name) ? sums[name] : undefined;
    if (sum === undefined) throw new CheckpointError(`${CHECKSUMS} must name ${name}.`);
    return readChecked(join(folder, name), { name, sum, most });
  };
  const manifest = parseManifest(
    Buffer.from(await read(MANIFEST, MOST_MANIFEST_BYTES)).toString("utf8"),
  );
  const named: [string, ReturnType<typeof parseSafetensors>["tensors"]][] = [];
  for (const [name, size] of Object.entries(manifest.bytes)) {
    named.push([name, within(name, await read(name, size))]);
  }
  const parts = { training: manifest.training, files: Object.fromEntries(named) };
  try {
    return { checkpoint: checkpointFromParts(parts), run: manifest.run };
  } catch (error) {
    if (error instanceof TypeError) throw new CheckpointError(`it lacks a part: ${error.message}.`);
    throw error;
  }
}

function within(name: string, bytes: Uint8Array) {
  try {
    return parseSafetensors(bytes).tensors;
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    throw new CheckpointError(`${name}: ${error.message}`);
  }
}

async function readText(path: string): Promise<string> {
  const bytes = await readBounded(path, { name: CHECKSUMS, most: MOST_CHECKSUMS_BYTES });
  return Buffer.from(bytes).toString("utf8");
}
