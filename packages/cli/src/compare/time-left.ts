import { dirname } from "node:path";
import type { Job } from "./job.js";

/** Foretells how long a queue will take from how long its runs took. */
export interface TimeLeft {
  /** How long a run took, also one that finished before. */
  took(job: Job, seconds: number): void;
  /**
   * Seconds until all of `waiting` and `running` are done; null as long as no run has ended.
   *
   * @param running runs that go on, with the seconds each has had.
   */
  left(waiting: readonly Job[], running: ReadonlyMap<Job, number>): number | null;
}

/**
 * Runs that differ by their seed alone take about as long as each other; others as long as runs on the average, to
 * which those belong that go on for longer already.
 *
 * @param atATime runs that go on side by side.
 */
export function createTimeLeft(atATime: number): TimeLeft {
  const known = new Map<string, number[]>(); // by the folder of the seeds
  const isKnown = ({ out }: Job) => known.has(dirname(out));
  const average = (running: ReadonlyMap<Job, number>): number => {
    const means = [...known.values()].map(mean);
    const others = [...running].filter(([job, had]) => !isKnown(job) && had > mean(means));
    return mean([...means, ...others.map(([, had]) => had)]);
  };
  return {
    took({ out }, seconds) {
      if (!Number.isFinite(seconds)) return; // of a summary that does not say
      const kind = dirname(out); // the seed is the last folder
      known.set(kind, [...(known.get(kind) ?? []), seconds]);
    },
    left(waiting, running) {
      if (known.size === 0) return null;
      const others = average(running);
      const expected = (job: Job) => (isKnown(job) ? mean(known.get(dirname(job.out))!) : others);
      const rests = [...running].map(([job, had]) => Math.max(0, expected(job) - had));
      const work = sum([...rests, ...waiting.map(expected)]);
      return Math.max(work / atATime, ...rests); // one run cannot be shared out
    },
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;
