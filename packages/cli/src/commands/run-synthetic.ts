import { join } from "node:path";
import type { ActiveBackend } from "@muir/backend";
import { type RunSummary, writeReport } from "@muir/report";
import { type ConfigFlags, configFrom } from "../config/draft-config.js";
import { seedRange } from "../config/seed-range.js";
import type { SyntheticConfig } from "../config/synthetic-config.js";
import { checkRunFolder } from "../run/check-out-folder.js";
import {
  originalParameters,
  type PreparedRun,
  prepareSynthetic,
} from "../run/prepare-synthetic.js";
import { runSynthetic } from "../run/run-synthetic.js";
import { startBackend } from "../run/start-backend.js";
import { toJson } from "../run/to-json.js";
import { muirVersion } from "../run/versions.js";
import {
  lineProgress,
  type Progress,
  silentProgress,
  terminalProgress,
} from "../terminal/progress.js";
import { shownPath } from "../terminal/shown-path.js";
import { skippedLines } from "../terminal/skipped-lines.js";
import { summaryLines } from "../terminal/summary-lines.js";
import { UsageError } from "../usage-error.js";

/** The flags of `muir run synthetic`. */
export interface RunFlags extends ConfigFlags {
  readonly seeds?: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/**
 * `muir run synthetic`: one run, or one for each seed.
 *
 * @returns the exit code: 0, or 130 when Ctrl-C stopped it.
 */
export async function runSyntheticCommand(
  flags: RunFlags,
  stopSignal: () => AbortSignal,
): Promise<number> {
  const jobs = jobsOf(flags);
  for (const { out } of jobs) checkRunFolder(out, { force: flags.force === true });
  const backend = await startBackend(jobs[0]!.config);
  const say = flags.quiet || flags.json ? () => {} : (line: string) => console.log(line);
  const summaries: RunSummary[] = [];
  let signal: AbortSignal | undefined;
  for (const { config, out } of jobs) {
    if (signal?.aborted) break;
    const run = await prepareSynthetic(config);
    signal ??= stopSignal(); // not before: until now there is nothing that has to end in order
    summaries.push(await runOne(run, { out, backend, signal, flags, say }));
  }
  if (flags.json) {
    const [only = null] = summaries;
    console.log(toJson(flags.seeds === undefined ? only : summaries, 2));
  }
  return signal?.aborted ? 130 : 0;
}

interface Job {
  readonly config: SyntheticConfig;
  readonly out: string;
}

function jobsOf(flags: RunFlags): Job[] {
  const { seeds, seed, out } = flags;
  if (seeds === undefined) {
    const config = configFrom(flags);
    return [{ config, out: out ?? `runs/${nameOf(config)}-seed${config.seed}` }];
  }
  if (seed !== undefined) {
    throw new UsageError("--seeds: must be given without --seed; got both.");
  }
  return seedRange(seeds).map((each) => {
    const config = configFrom(flags, { seed: each });
    return { config, out: join(out ?? `runs/${nameOf(config)}`, `seed${each}`) };
  });
}

const nameOf = ({ variant, method }: SyntheticConfig) => `synthetic-${variant}-${method}`;

interface OneRun {
  readonly out: string;
  readonly backend: ActiveBackend;
  readonly signal: AbortSignal;
  readonly flags: RunFlags;
  say(line: string): void;
}

async function runOne(
  run: PreparedRun,
  { out, backend, signal, flags, say }: OneRun,
): Promise<RunSummary> {
  for (const line of headlines(run.config, backend)) say(line);
  const progress = progressFor(run.config, flags);
  const onEvent = progress.show;
  const summary = await runSynthetic(run, { out, backend, signal, onEvent }).finally(progress.end);
  const { page } = await writeReport(out);
  for (const line of summaryLines(summary, originalParameters(run.task))) say(`  ${line}`);
  say(`  report: ${shownPath(page)}\n`);
  return summary;
}

function headlines({ variant, method, seed, data }: SyntheticConfig, backend: ActiveBackend) {
  return [
    `muir ${muirVersion} · synthetic ${variant} · ${method} · seed ${seed}`,
    ...(data.folder === null ? [] : [`  data: ${data.folder}`]),
    `  backend: ${backend.name}, ${backend.device}`,
    ...skippedLines(backend),
  ];
}

function progressFor({ training }: SyntheticConfig, { quiet, json }: RunFlags): Progress {
  if (quiet || json) return silentProgress;
  const { burnIn, generations, finalGenerations } = training;
  const options = { most: burnIn + generations + finalGenerations, metric: "RMSE" };
  return process.stderr.isTTY
    ? terminalProgress(process.stderr, options)
    : lineProgress(process.stderr, options);
}
