import { accessSync, constants, existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { UsageError } from "../usage-error.js";

/** Files by which a folder is known to hold a run; they are removed when it is overwritten. */
export const RUN_FILES = [
  "config.json",
  "events.jsonl",
  "alignment.bin",
  "summary.json",
  "report.html",
] as const;

/**
 * Checks that files may be written to the folder `path`, before any work starts. Makes nothing.
 *
 * @throws {UsageError} if it, or a folder above it, is a file or cannot be written.
 */
export function checkOutFolder(path: string): void {
  const nearest = nearestExisting(resolve(path));
  if (!statSync(nearest).isDirectory()) {
    const what = nearest === resolve(path) ? "it is a file" : `${nearest} is a file`;
    throw new UsageError(`--out ${path}: must be a folder; ${what}. Choose another.`);
  }
  try {
    accessSync(nearest, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new UsageError(
      `--out ${path}: must be a folder that can be written; ${nearest} cannot (${(error as NodeJS.ErrnoException).code}). Choose another.`,
    );
  }
}

/**
 * Checks that a run may be written to `path`. Makes and removes nothing.
 *
 * @throws {UsageError} if it holds a run and `force` is false, holds files of the same names that
 *   are no run's, or cannot be written.
 */
export function checkRunFolder(path: string, { force }: { force: boolean }): void {
  checkOutFolder(path);
  const found = fileOfRun(path);
  if (found === undefined) return;
  if (!force) {
    throw new UsageError(
      `--out ${path}: must be a folder without a run; it holds ${found}. Choose another, or overwrite it with --force.`,
    );
  }
  if (readRunConfig(path) === null) {
    throw new UsageError(
      `--out ${path}: must be a folder for runs; its ${found} was not written by muir, so --force leaves it. Choose another.`,
    );
  }
}

/** The first file in `path` that has a name of a run's files. */
export function fileOfRun(path: string): string | undefined {
  return RUN_FILES.find((name) => existsSync(join(path, name)));
}

/** The `config.json` of a run; null if there is none or it is another program's. */
export function readRunConfig(path: string): Record<string, unknown> | null {
  try {
    const config = JSON.parse(readFileSync(join(path, "config.json"), "utf8"));
    return config?.versions?.muir === undefined ? null : config;
  } catch {
    return null;
  }
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}
