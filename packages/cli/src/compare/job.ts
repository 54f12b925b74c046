import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RunSummary } from "@muir/report";
import type { SyntheticConfig } from "../config/synthetic-config.js";
import { checkOutFolder, fileOfRun, readRunConfig } from "../run/check-out-folder.js";
import { UsageError } from "../usage-error.js";

/** One run of a comparison. */
export interface Job {
  readonly config: SyntheticConfig;
  readonly out: string;
}

/**
 * Checks that a job may be run, or was run before, in its folder. A run with the same settings that
 * did not finish may be done again.
 *
 * @throws {UsageError} if the folder holds a run with other settings and `force` is false, or it
 *   cannot be written.
 */
export function checkJob(job: Job, { force }: { force: boolean }): void {
  checkOutFolder(job.out);
  const found = fileOfRun(job.out);
  if (found === undefined) return;
  const before = readRunConfig(job.out);
  if (before === null) {
    throw new UsageError(
      `--out ${job.out}: must be a folder for runs; its ${found} was not written by muir. Choose another.`,
    );
  }
  const different = differences(job.config, before);
  if (different.length > 0 && !force) {
    throw new UsageError(
      `--out ${job.out}: must be a folder without a run of other settings; its run has ${different[0]}. Choose another, or overwrite such runs with --force.`,
    );
  }
}

/**
 * The summary of a job that was finished before with the same settings; null if it has to run.
 * The backend may differ: it changes rounding only.
 */
export function finishedSummary({ config, out }: Job): RunSummary | null {
  const summary = readSummary(join(out, "summary.json"));
  const before = readRunConfig(out);
  if (summary?.status !== "complete" || before === null) return null;
  return differences(config, before).length === 0 ? summary : null;
}

/** `training.lambda 4, not 2` for each setting that differs. */
function differences(config: SyntheticConfig, before: Record<string, unknown>): string[] {
  const { variant, method, seed, data, training } = config;
  return Object.entries({ variant, method, seed, ...flat({ data, training }) }).flatMap(
    ([path, value]) => {
      const [key, inner] = path.split(".") as [string, string?];
      const section = before[key] as Record<string, unknown> | undefined;
      const then = inner === undefined ? section : section?.[inner];
      return then === value ? [] : [`${path} ${shown(then)}, not ${value}`];
    },
  );
}

/** What a file says in place of a setting, in a word: it may be anything that JSON has. */
const shown = (value: unknown): string =>
  typeof value === "object" && value !== null ? "another kind of value" : String(value);

function flat(sections: Record<string, object>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(sections).flatMap(([name, section]) =>
      Object.entries(section).map(([key, value]) => [`${name}.${key}`, value]),
    ),
  );
}

function readSummary(path: string): RunSummary | null {
  if (!existsSync(path)) return null;
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null; // not what muir writes: the run has to be done again
  }
}
