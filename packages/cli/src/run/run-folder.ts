import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { UsageError } from "../usage-error.js";
import { RUN_FILES } from "./check-out-folder.js";
import { littleEndian, openRecordFiles, type RecordFiles } from "./record-files.js";

/** The folder of one run while it is written. */
export interface RunFolder extends RecordFiles {
  readonly path: string;
  /** Writes a file whole or not at all. */
  write(name: string, content: string | Uint8Array): void;
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
  for (const name of [...others, "checkpoints", "networks", "figures", "tensorboard"]) {
    rmSync(join(path, name), { recursive: true, force: true });
  }
  for (const name of ["checkpoints", "networks"]) mkdirSync(join(path, name));
  writeFileSync(join(path, "alignment.bin"), littleEndian(alignment));
  return folderAt(path, alignment.length);
}

/**
 * Goes on writing to a run's folder. What came after the generation that the run goes on from is for
 * {@link RunFolder.backTo} to cut off.
 *
 * @param locations entries of an alignment.
 */
export function reopenRunFolder(path: string, locations: number): RunFolder {
  for (const name of ["checkpoints", "networks"]) mkdirSync(join(path, name), { recursive: true });
  // what it came to is not yet known again
  for (const name of ["summary.json", "report.html"]) rmSync(join(path, name), { force: true });
  return folderAt(path, locations);
}

function folderAt(path: string, locations: number): RunFolder {
  return {
    path,
    ...openRecordFiles(path, locations),
    write: (name, content) => writeWhole(join(path, name), content),
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
