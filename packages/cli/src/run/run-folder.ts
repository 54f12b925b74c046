import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { GenerationEvent } from "@muir/trainer";
import { UsageError } from "../usage-error.js";
import { RUN_FILES } from "./check-out-folder.js";
import { toJson } from "./to-json.js";

/** The folder of one run while it is written. */
export interface RunFolder {
  readonly path: string;
  /** Appends one line to events.jsonl and one row to alignment.bin. */
  append(event: GenerationEvent): void;
  /** Writes a file whole or not at all. */
  write(name: string, content: string | Uint8Array): void;
  close(): void;
}

/** What a run's folder holds from the start. */
export interface FirstFiles {
  /** For config.json. */
  readonly config: unknown;
  /** The alignment before the first generation. */
  readonly alignment: Int32Array;
}

/**
 * Makes the folder, removes a former run's files, and writes the first ones.
 *
 * @throws {UsageError} if the folder cannot be made or written.
 */
export function openRunFolder(path: string, { config, alignment }: FirstFiles): RunFolder {
  try {
    mkdirSync(join(path, "checkpoints"), { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`--out ${path}: must be a folder that can be written; got ${code}.`);
  }
  const [configFile, ...others] = RUN_FILES;
  // the configuration is replaced, not removed: a folder with a run's files always has one
  writeWhole(join(path, configFile), `${JSON.stringify(config, null, 2)}\n`);
  for (const name of [...others, "checkpoints", "networks", "figures"]) {
    rmSync(join(path, name), { recursive: true, force: true });
  }
  for (const name of ["checkpoints", "networks"]) mkdirSync(join(path, name));
  const events = openSync(join(path, "events.jsonl"), "a");
  const alignments = openSync(join(path, "alignment.bin"), "a");
  writeSync(alignments, littleEndian(alignment));
  return {
    path,
    append({ alignment: row, ...record }) {
      writeSync(alignments, littleEndian(row));
      writeSync(events, `${toJson(record)}\n`);
    },
    write: (name, content) => writeWhole(join(path, name), content),
    close() {
      closeSync(events);
      closeSync(alignments);
    },
  };
}

/** To a temporary name, flushed to the disk, then renamed: a crash leaves the old file or the new. */
function writeWhole(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.part`;
  const file = openSync(temporary, "w");
  try {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    for (let written = 0; written < bytes.length; ) {
      written += writeSync(file, bytes, written);
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}

function littleEndian(alignment: Int32Array): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(alignment.length * 4));
  alignment.forEach((module, l) => {
    bytes.setInt32(l * 4, module, true);
  });
  return new Uint8Array(bytes.buffer);
}
