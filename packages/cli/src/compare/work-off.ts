import { availableParallelism } from "node:os";
import { counted } from "../terminal/format.js";
import { finishedSummary, type Job } from "./job.js";
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
 * Does all runs of a comparison that were not finished before, each as a process of its own.
 *
 * @returns how many failed.
 */
export async function workOff<J extends Job>(
  jobs: readonly J[],
  options: WorkOffOptions<J>,
): Promise<number> {
  const atATime = options.jobs ?? availableParallelism();
  const queue = jobs.filter((job) => finishedSummary(job) === null).map(sharingCores(atATime));
  const say = options.quiet ? () => {} : (line: string) => process.stderr.write(`${line}\n`);
  let done = jobs.length - queue.length;
  if (done > 0) say(`${counted(done, "run")} of ${jobs.length} finished before`);
  let failures = 0;
  await runJobs(queue, {
    jobs: atATime,
    signal: options.signal,
    onDone(job, end) {
      done += 1;
      const line = `[${done}/${jobs.length}] ${options.nameOf(job)} ${end.status}`;
      if (end.status !== "failed") return say(line);
      failures += 1;
      process.stderr.write(`${line}: ${end.problem}\n`);
    },
  });
  return failures;
}

/** Leaves each of the jobs that run at a time its share of the cores, unless threads were asked for. */
function sharingCores<J extends Job>(atATime: number): (job: J) => J {
  const share = Math.max(1, Math.floor(availableParallelism() / atATime));
  return (job) => ({ ...job, config: { ...job.config, threads: job.config.threads ?? share } });
}
