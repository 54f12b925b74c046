import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RunSummary } from "@muir/report";
import type { SyntheticConfig } from "../config/synthetic-config.js";

/** One run of a comparison. */
export interface Job {
  readonly config: SyntheticConfig;
  readonly out: string;
}

/**
 * The summary of a job that was finished before with the same configuration; null if it has to run.
 * The backend may differ: it changes rounding only.
 */
export function finishedSummary({ config, out }: Job): RunSummary | null {
  const summary = readJson(join(out, "summary.json")) as RunSummary | null;
  const before = readJson(join(out, "config.json")) as SyntheticConfig | null;
  if (summary?.status !== "complete" || before === null) return null;
  const same = (["variant", "method", "seed", "data", "training"] as const).every(
    (key) => JSON.stringify(before[key]) === JSON.stringify(config[key]),
  );
  return same ? summary : null;
}

function readJson(path: string): unknown {
  if (!existsSync(path)) return null;
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null; // half a file: the run has to be done again
  }
}
