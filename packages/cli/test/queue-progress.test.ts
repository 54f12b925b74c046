import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Job } from "../src/compare/job.js";
import { queueProgress } from "../src/compare/queue-progress.js";
import { createTimeLeft } from "../src/compare/time-left.js";

const job = (kind: string, seed: number): Job => ({
  config: { experiment: "synthetic", seed, threads: 1 },
  out: `runs/${kind}/seed${seed}`,
});
const nobody = new Map<Job, number>();

describe("the time left", () => {
  test("is told by runs that differ by their seed alone", () => {
    const time = createTimeLeft(1);
    expect(time.left([job("slow", 2)], nobody)).toBeNull(); // nothing is known yet
    time.took(job("slow", 1), 100);
    time.took(job("quick", 1), 10);
    expect(time.left([job("slow", 2), job("quick", 2), job("other", 1)], nobody)).toBe(
      100 + 10 + 55,
    );
  });

  test("counts what runs have had, and cannot share out a run", () => {
    const time = createTimeLeft(2);
    time.took(job("slow", 1), 100);
    expect(time.left([], new Map([[job("slow", 2), 30]]))).toBe(70);
    expect(time.left([job("slow", 3)], new Map([[job("slow", 2), 30]]))).toBe((70 + 100) / 2);
    expect(time.left([], new Map([[job("slow", 2), 130]]))).toBe(0);
  });

  test("is not told by quick runs alone where a slow one goes on", () => {
    const time = createTimeLeft(1);
    time.took(job("quick", 1), 10);
    const going = (had: number) => new Map([[job("slow", 1), had]]);
    expect(time.left([job("other", 1)], going(5))).toBe(5 + 10); // what has just begun says nothing
    expect(time.left([job("other", 1)], going(190))).toBe((10 + 190) / 2);
  });

  const seconds = fc.double({ min: 0, max: 1e5, noNaN: true });
  law(
    "of equal runs is their number times what one takes, shared by those at a time",
    fc.tuple(seconds, fc.nat(20), fc.integer({ min: 1, max: 4 })),
    ([each, count, atATime]) => {
      const time = createTimeLeft(atATime);
      time.took(job("one", 0), each);
      const waiting = Array.from({ length: count }, (_, i) => job("one", i + 1));
      expect(time.left(waiting, nobody)).toBeCloseTo((each * count) / atATime, 5);
    },
  );
});

describe("the progress of a queue", () => {
  test("has a line at the beginning of each run and one at its end", () => {
    const lines: string[] = [];
    let now = 0;
    const [before, first, second] = [1, 2, 3].map((seed) => job("clean", seed));
    const progress = queueProgress({
      queue: [first!, second!],
      before: [{ job: before!, seconds: 20 }],
      atATime: 1,
      nameOf: ({ config }) => `seed ${config.seed}`,
      say: (line) => lines.push(line),
      sayLoudly: (line) => lines.push(`LOUDLY ${line}`),
      now: () => now,
    });
    progress.begins(first!);
    now += 40;
    progress.ends(first!, { status: "done" });
    progress.begins(second!);
    progress.ends(second!, { status: "failed", problem: "the disk is full" });
    expect(lines).toEqual([
      "[2/3] seed 2 begins",
      "[2/3] seed 2 done in 40 s; 1 run left, about 30 s",
      "[3/3] seed 3 begins",
      "LOUDLY [3/3] seed 3 failed: the disk is full",
    ]);
  });

  test("foretells nothing of a run that takes longer than others did", () => {
    const lines: string[] = [];
    let now = 0;
    const [quick, slow] = [job("quick", 1), job("slow", 1)];
    const progress = queueProgress({
      ...{ queue: [quick, slow], before: [], atATime: 2, sayLoudly: () => {} },
      nameOf: ({ out }) => out,
      say: (line) => lines.push(line),
      now: () => now,
    });
    progress.begins(quick);
    progress.begins(slow);
    now += 40;
    progress.ends(quick, { status: "done" });
    expect(lines.at(-1)).toBe("[1/2] runs/quick/seed1 done in 40 s; 1 run left");
  });
});
