import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { GenerationEvent } from "@muir/trainer";
import { UsageError } from "../usage-error.js";

/** The folder of one run while it is written. */
export interface RunFolder {
  readonly path: string;
  /** Appends one line to events.jsonl and one row to alignment.bin. */
  append(event: GenerationEvent): void;
  /** Writes a file whole or not at all. */
  write(name: string, content: string | Uint8Array): void;
  close(): void;
}

/** Files by which a folder is known to hold a run; they are removed when it is overwritten. */
const RUN_FILES = ["config.json", "events.jsonl", "alignment.bin", "summary.json", "report.html"];
const RUN_FOLDERS = ["checkpoints", "figures"];

/**
 * Checks that a run may be written to `path`, before any work starts.
 *
 * @throws {UsageError} if it holds a run and `force` is false, or is a file.
 */
export function checkRunFolder(path: string, { force }: { force: boolean }): void {
  const found = RUN_FILES.find((name) => existsSync(join(path, name)));
  if (found !== undefined && !force) {
    throw new UsageError(
      `--out ${path}: must be a folder without a run; it holds ${found}. Choose another, or overwrite it with --force.`,
    );
  }
}

/** Makes the folder, removes a former run's files, and writes the alignment before the first generation. */
export function openRunFolder(path: string, firstAlignment: Int32Array): RunFolder {
  makeFolder(path);
  for (const name of [...RUN_FILES, ...RUN_FOLDERS]) {
    rmSync(join(path, name), { recursive: true, force: true });
  }
  mkdirSync(join(path, "checkpoints"));
  const events = openSync(join(path, "events.jsonl"), "a");
  const alignments = openSync(join(path, "alignment.bin"), "a");
  writeSync(alignments, littleEndian(firstAlignment));
  return {
    path,
    append({ alignment, ...record }) {
      writeSync(alignments, littleEndian(alignment));
      writeSync(events, `${JSON.stringify(record, shortNumbers)}\n`);
    },
    write: (name, content) => writeWhole(join(path, name), content),
    close() {
      closeSync(events);
      closeSync(alignments);
    },
  };
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`--out ${path}: must be a folder that can be written; got ${code}.`);
  }
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

/** Losses are float32: seven digits say all there is. */
const shortNumbers = (_: string, value: unknown) =>
  typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(7)) : value;
