import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RunSummary } from "@muir/report";
import { checkOutFolder, fileOfRun, readRunConfig } from "../run/check-out-folder.js";
import { UsageError } from "../usage-error.js";

/** One run of a comparison. */
export interface Job<C extends JobConfig = JobConfig> {
  readonly config: C;
  readonly out: string;
}

/** The configuration of any experiment's run. */
export interface JobConfig {
  readonly experiment: string;
  readonly seed: number;
  readonly threads: number | null;
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

/** Whether a job was begun with the same settings and can go on from a checkpoint. */
export function canResume({ config, out }: Job): boolean {
  const before = readRunConfig(out);
  if (before === null || differences(config, before).length > 0) return false;
  return existsSync(join(out, "checkpoints")) && hasCheckpoint(join(out, "checkpoints"));
}

/** Of those that `muir resume` takes; it says so itself where none of them is whole. */
const hasCheckpoint = (folder: string) => readdirSync(folder).some((name) => /^\d/.test(name));

/** `training.lambda 4, not 2` for each setting that differs. */
function differences(config: JobConfig, before: Record<string, unknown>): string[] {
  const { backend: _, threads: __, ...settings } = config as JobConfig & { backend?: unknown };
  return differencesIn(settings, before, []);
}

function differencesIn(now: object, before: unknown, path: readonly string[]): string[] {
  return Object.entries(now).flatMap(([key, value]) => {
    const then = (before as Record<string, unknown> | null | undefined)?.[key];
    const own = [...path, key];
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return differencesIn(value, then, own);
    }
    const same = asJson(then) === asJson(value);
    return same ? [] : [`${own.join(".")} ${shown(then)}, not ${shown(value)}`];
  });
}

/** A word as it is, anything else as JSON. */
const shown = (value: unknown) => (typeof value === "string" ? value : asJson(value));

/** What a file holds may be nested deeper than it can be written again. */
function asJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return "what is nested too deep";
  }
}

function readSummary(path: string): RunSummary | null {
  if (!existsSync(path)) return null;
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null; // not what muir writes: the run has to be done again
  }
}
