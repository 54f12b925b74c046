import { existsSync } from "node:fs";
import { join } from "node:path";
import { type RunSummary, writeReport } from "@muir/report";
import type { GenerationEvent } from "@muir/trainer";
import { refuseDecided } from "../config/refuse-decided.js";
import { seedList } from "../config/seed-list.js";
import { checkRunFolder } from "../run/check-out-folder.js";
import type { CheckpointInterval } from "../run/checkpoint/checkpoint-interval.js";
import { originalParameters, type PreparedRun, type RunOptions } from "../run/prepared-run.js";
import { lockRun } from "../run/run-lock.js";
import { runTraining, type TrainOptions } from "../run/run-training.js";
import { type BackendSettings, startBackend } from "../run/start-backend.js";
import { TENSORBOARD, tensorBoardLog } from "../run/tensor-board-log.js";
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
import { stopCode } from "../terminal/stop-signal.js";
import { summaryLines } from "../terminal/summary-lines.js";
import { UsageError } from "../usage-error.js";

/** The flags that `muir run` has for any experiment. */
export interface RunFlags {
  readonly seed?: number;
  readonly seeds?: string;
  readonly set?: readonly string[];
  readonly out?: string;
  readonly force?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  /** Whether to write, while the run goes on, what TensorBoard reads. */
  readonly tensorboard?: boolean;
}

/** The flags of runs that may be interrupted: all of them. */
export interface DurableFlags {
  readonly checkpointEvery?: CheckpointInterval;
  readonly onNan?: "stop" | "restore";
}

/** What {@link runTraining} takes of them. */
export function durableOptions({ checkpointEvery, onNan }: DurableFlags): DurableFlags {
  return { ...(checkpointEvery && { checkpointEvery }), ...(onNan && { onNan }) };
}

/** One run that was asked for. */
export interface RunJob<C extends BackendSettings> {
  readonly config: C;
  readonly out: string;
}

/** What an experiment says of its runs. */
export interface RunPlan<C extends BackendSettings> {
  /** Its configuration: with another seed, if one is given. */
  configOf(seed?: number): C & { readonly seed: number };
  /** Its folder's name, without the seed. */
  nameOf(config: C): string;
  prepare(config: C): Promise<PreparedRun>;
}

/**
 * Does one run, or one for each seed, in turn.
 *
 * @returns the exit code: 0, or 130 when Ctrl-C stopped it and 143 when SIGTERM did.
 */
export async function runCommand<C extends BackendSettings>(
  flags: RunFlags & DurableFlags,
  plan: RunPlan<C>,
  stopSignal: () => AbortSignal,
): Promise<number> {
  const jobs = jobsOf(flags, plan);
  for (const { out } of jobs) checkRunFolder(out, { force: flags.force === true });
  const backend = await startBackend(jobs[0]!.config);
  const summaries: RunSummary[] = [];
  let signal: AbortSignal | undefined;
  for (const { config, out } of jobs) {
    if (signal?.aborted) break;
    const run = await plan.prepare(config);
    signal ??= stopSignal(); // not before: until now there is nothing that has to end in order
    const lock = lockRun(out);
    try {
      checkRunFolder(out, { force: flags.force === true }); // another program may have run meanwhile
      const options = { out, backend, signal, ...durableOptions(flags) };
      summaries.push(await runOne(run, { ...options, flags }));
    } finally {
      lock.release();
    }
  }
  if (flags.json) {
    const [only = null] = summaries;
    console.log(toJson(flags.seeds === undefined ? only : summaries, 2));
  }
  return stopCode(signal);
}

function jobsOf<C extends BackendSettings>(
  { seeds, seed, set, out }: RunFlags,
  { configOf, nameOf }: RunPlan<C>,
): RunJob<C>[] {
  if (seeds === undefined) {
    const config = configOf();
    return [{ config, out: out ?? `runs/${nameOf(config)}-seed${config.seed}` }];
  }
  if (seed !== undefined) {
    throw new UsageError("--seeds: must be given without --seed; got both.");
  }
  refuseDecided(set, { seed: "--seeds" });
  return seedList(seeds).map((each) => {
    const config = configOf(each);
    return { config, out: join(out ?? `runs/${nameOf(config)}`, `seed${each}`) };
  });
}

interface OneRun extends TrainOptions {
  readonly flags: Pick<RunFlags, "json" | "quiet" | "tensorboard">;
}

/** Does a run whose folder is locked, shows how it goes, and writes its report. */
export async function runOne(run: PreparedRun, { flags, ...options }: OneRun): Promise<RunSummary> {
  const say = flags.quiet || flags.json ? () => {} : (line: string) => console.log(line);
  for (const line of headlines(run, options)) say(line);
  const progress = progressFor(run, flags);
  const original = originalParameters(run.tasks);
  // a run that has events for TensorBoard gets more of them when it goes on
  const isWatched =
    flags.tensorboard || (options.from && existsSync(join(options.out, TENSORBOARD)));
  const log = isWatched ? tensorBoardLog(options.out) : undefined;
  const onEvent = (event: GenerationEvent) => {
    progress.show(event);
    log?.append(event);
  };
  const summary = await runTraining(run, { ...options, onEvent }).finally(() => {
    progress.end();
    log?.close();
  });
  const { page } = await writeReport(options.out);
  for (const line of summaryLines(summary, original)) say(`  ${line}`);
  say(`  report: ${shownPath(page)}\n`);
  return summary;
}

function headlines({ names, about }: PreparedRun, { backend }: RunOptions): string[] {
  const { experiment, variant, method, seed } = names;
  return [
    `muir ${muirVersion} · ${experiment} ${variant} · ${method} · seed ${seed}`,
    ...about.map((line) => `  ${line}`),
    `  backend: ${backend.name}, ${backend.device}`,
    ...skippedLines(backend),
  ];
}

function progressFor({ training, tasks }: PreparedRun, { quiet, json }: OneRun["flags"]): Progress {
  if (quiet || json) return silentProgress;
  const { burnIn, generations, finalGenerations } = training.settings;
  const metric = tasks.length === 1 && tasks[0]!.metric.name === "rmse" ? "RMSE" : null;
  const options = { most: burnIn + generations + finalGenerations, metric };
  return process.stderr.isTTY
    ? terminalProgress(process.stderr, options)
    : lineProgress(process.stderr, options);
}
