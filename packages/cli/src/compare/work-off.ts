import { availableParallelism } from "node:os";
import { counted } from "../terminal/format.js";
import { finishedSummary, type Job } from "./job.js";
import { queueProgress } from "./queue-progress.js";
import { runJobs } from "./run-jobs.js";

/** How a comparison's runs are done. */
export interface WorkOffOptions<J extends Job> {
  /** Runs at a time; one a core unless given. */
  readonly jobs: number | undefined;
  /** Whether nothing is said of what goes well. */
  readonly quiet: boolean;
  readonly signal: AbortSignal;
  /** A run, in a few words: `clean muir seed 3`. */
  nameOf(job: J): string;
}

/**
 * Does all runs of a comparison that were not finished before, each as a process of its own; those in one folder once.
 *
 * @returns how many failed.
 */
export async function workOff<J extends Job>(
  given: readonly J[],
  options: WorkOffOptions<J>,
): Promise<number> {
  const jobs = [...new Map(given.map((job) => [job.out, job])).values()];
  const atATime = options.jobs ?? availableParallelism();
  const write = (line: string) => void process.stderr.write(`${line}\n`);
  const say = options.quiet ? () => {} : write;
  const finished = jobs.map((job) => ({ job, summary: finishedSummary(job) }));
  const before = finished.flatMap(({ job, summary }) =>
    summary === null ? [] : [{ job, seconds: summary.wallSeconds }],
  );
  const queue = finished
    .filter(({ summary }) => summary === null)
    .map(({ job }) => sharingCores<J>(atATime)(job));
  if (before.length > 0) say(`${counted(before.length, "run")} of ${jobs.length} finished before`);
  const { nameOf } = options;
  const progress = queueProgress({ queue, before, atATime, nameOf, say, sayLoudly: write });
  let failures = 0;
  await runJobs(queue, {
    jobs: atATime,
    signal: options.signal,
    onBegin: progress.begins,
    onDone(job, end) {
      if (end.status === "failed") failures += 1;
      progress.ends(job, end);
    },
  });
  return failures;
}

/** Leaves each of the jobs that run at a time its share of the cores, unless threads were asked for. */
function sharingCores<J extends Job>(atATime: number): (job: J) => J {
  const share = Math.max(1, Math.floor(availableParallelism() / atATime));
  return (job) => ({ ...job, config: { ...job.config, threads: job.config.threads ?? share } });
}
