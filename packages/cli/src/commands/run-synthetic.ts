import { relative } from "node:path";
import { type ActiveBackend, useBackend } from "@muir/backend";
import { type RunSummary, writeReport } from "@muir/report";
import { isDivergenceError } from "@muir/trainer";
import { type ConfigFlags, configFrom } from "../config/draft-config.js";
import { seedRange } from "../config/seed-range.js";
import type { SyntheticConfig } from "../config/synthetic-config.js";
import { BEST_CHECKPOINT } from "../run/checkpoints.js";
import { checkRunFolder } from "../run/run-folder.js";
import { originalParameters, prepareSynthetic, runSynthetic } from "../run/run-synthetic.js";
import { muirVersion } from "../run/versions.js";
import { RunFailure } from "../run-failure.js";
import {
  lineProgress,
  type Progress,
  silentProgress,
  terminalProgress,
} from "../terminal/progress.js";
import { summaryLines } from "../terminal/summary-lines.js";
import { UsageError } from "../usage-error.js";

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
export async function runSyntheticCommand(flags: RunFlags, signal: AbortSignal): Promise<number> {
  const jobs = jobsOf(flags);
  for (const { out } of jobs) checkRunFolder(out, { force: flags.force === true });
  const backend = await useBackend(jobs[0]!.config.backend);
  const say = flags.quiet || flags.json ? () => {} : (line: string) => console.log(line);
  const summaries: RunSummary[] = [];
  for (const { config, out } of jobs) {
    if (signal.aborted) break;
    summaries.push(await runOne({ config, out, backend, signal, flags, say }));
  }
  if (flags.json) {
    console.log(JSON.stringify(flags.seeds === undefined ? summaries[0] : summaries, null, 2));
  }
  return signal.aborted ? 130 : 0;
}

interface Job {
  readonly config: SyntheticConfig;
  readonly out: string;
}

function jobsOf(flags: RunFlags): Job[] {
  if (flags.seeds !== undefined && flags.seed !== undefined) {
    throw new UsageError("--seeds: must be given without --seed; got both.");
  }
  const configs =
    flags.seeds === undefined
      ? [configFrom(flags)]
      : seedRange(flags.seeds).map((seed) => configFrom(flags, { seed }));
  return configs.map((config) => {
    const name = `synthetic-${config.variant}-${config.method}`;
    const base =
      flags.out ?? (flags.seeds === undefined ? `runs/${name}-seed${config.seed}` : `runs/${name}`);
    return { config, out: flags.seeds === undefined ? base : `${base}/seed${config.seed}` };
  });
}

interface OneRun extends Job {
  readonly backend: ActiveBackend;
  readonly signal: AbortSignal;
  readonly flags: RunFlags;
  say(line: string): void;
}

async function runOne({ config, out, backend, signal, flags, say }: OneRun): Promise<RunSummary> {
  const run = await prepareSynthetic(config);
  const original = originalParameters(run.task);
  say(headline(config, backend));
  const progress = progressFor(config, flags);
  try {
    const onEvent = progress.show;
    const summary = await runSynthetic(run, { out, backend, signal, onEvent });
    progress.end();
    const { page } = await writeReport(out);
    for (const line of summaryLines(summary, original)) say(`  ${line}`);
    say(`  report: ${relative(process.cwd(), page)}\n`);
    return summary;
  } catch (error) {
    progress.end();
    if (!isDivergenceError(error)) throw error;
    throw new RunFailure(`${error.message} Last good checkpoint: ${out}/${BEST_CHECKPOINT}.`);
  }
}

function headline(
  { variant, method, seed, data }: SyntheticConfig,
  backend: ActiveBackend,
): string {
  const source = data.folder === null ? "" : ` · ${data.folder}`;
  return `muir ${muirVersion} · synthetic ${variant} · ${method} · seed ${seed}${source} · ${backend.name} (${backend.device})`;
}

function progressFor({ training }: SyntheticConfig, flags: RunFlags): Progress {
  if (flags.quiet || flags.json) return silentProgress;
  const { burnIn, generations, finalGenerations, stepsPerGeneration } = training;
  const options = {
    most: burnIn + generations + finalGenerations,
    stepsPerGeneration,
    metric: "RMSE",
  };
  return process.stderr.isTTY
    ? terminalProgress(process.stderr, options)
    : lineProgress(process.stderr, options);
}
