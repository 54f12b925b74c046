import { counted, duration } from "../terminal/format.js";
import { canResume, finishedSummary, type Job } from "./job.js";
import type { JobEnd } from "./run-jobs.js";
import { createTimeLeft } from "./time-left.js";

/** Says how a comparison gets on: a line when a run begins, and one at its end. */
export interface QueueProgress<J extends Job> {
  begins(job: J): void;
  ends(job: J, end: JobEnd): void;
}

/** What {@link queueProgress} has to know. */
export interface QueueProgressOptions<J extends Job> {
  readonly queue: readonly J[];
  /** Seconds of the runs that finished before. */
  readonly before: readonly { readonly job: Job; readonly seconds: number }[];
  readonly atATime: number;
  nameOf(job: J): string;
  say(line: string): void;
  /** Says it even where nothing is to be said of what goes well. */
  sayLoudly(line: string): void;
  /** Seconds from any moment on; the clock's unless given. */
  readonly now?: () => number;
}

/**
 * Lines such as `[3/16] together seed 1 begins` and `[3/16] together seed 1 done in 5 min 03 s; 13 runs left,
 * about 1 h 02 min`. A run keeps its number.
 */
export function queueProgress<J extends Job>(options: QueueProgressOptions<J>): QueueProgress<J> {
  const { queue, before, atATime, nameOf, say, sayLoudly } = options;
  const now = options.now ?? (() => performance.now() / 1000);
  const time = createTimeLeft(atATime);
  for (const { job, seconds } of before) time.took(job, seconds);
  const total = before.length + queue.length;
  const waiting = new Set(queue);
  const running = new Map<J, { number: number; since: number }>();
  const left = () => {
    const count = waiting.size + running.size;
    if (count === 0) return "";
    const had = new Map([...running].map(([job, { since }]) => [job, now() - since]));
    const seconds = time.left([...waiting], had);
    // of runs that take longer than others did, nobody knows
    const isTold = seconds !== null && seconds >= 1;
    return `; ${counted(count, "run")} left${isTold ? `, about ${duration(seconds)}` : ""}`;
  };
  return {
    begins(job) {
      waiting.delete(job);
      const number = total - waiting.size;
      running.set(job, { number, since: now() });
      say(`[${number}/${total}] ${nameOf(job)} ${canResume(job) ? "goes on" : "begins"}`);
    },
    ends(job, end) {
      const { number, since } = running.get(job)!;
      running.delete(job);
      const seconds = now() - since;
      // of one that went on from a checkpoint the summary knows the whole
      const whole = finishedSummary(job)?.wallSeconds ?? 0;
      if (end.status === "done") time.took(job, Math.max(seconds, whole));
      const line = `[${number}/${total}] ${nameOf(job)} ${end.status}`;
      if (end.status === "failed") sayLoudly(`${line}: ${end.problem}`);
      else say(`${line}${end.status === "done" ? ` in ${duration(seconds)}` : ""}${left()}`);
    },
  };
}
