import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { muir, readJson, temporaryFolder } from "./muir.js";
import { nodeWords, programPath, start } from "./program.js";

const started = { argv: process.argv, execArgv: process.execArgv };
beforeEach(() => {
  // muir compare starts the program that it is itself
  process.argv = [process.execPath, programPath];
  process.execArgv = nodeWords;
});
afterEach(() => void Object.assign(process, started));

const GENERATIONS = 400;
const WORDS = [
  ...["compare", "--variants", "clean", "--methods", "stl", "--seeds", "1..2", "--jobs", "1"],
  ...["--backend", "cpu", "--generations", String(GENERATIONS)],
  ...["--set", "stepsPerGeneration=1", "--set", "finalGenerations=0"],
];

test("a comparison that was killed loses no finished run, does none again, and goes on with the broken one", {
  timeout: 600_000, // five processes, on a machine that may be busy
}, async () => {
  const out = join(temporaryFolder(), "compare");
  const file = (seed: number, name: string) => join(out, "clean-stl", `seed${seed}`, name);
  const events = () => linesOf(file(2, "events.jsonl"));
  const killed = start(...WORDS, "--out", out);
  await killed.says("seed 2 begins");
  while (events().length < 20) await setTimeout(5);
  killed.kill("SIGKILL");
  await killed.ended;
  const lock = file(2, "run.lock");
  while (existsSync(lock)) await setTimeout(5); // the run ends by itself, in order, and soon
  const reached = events().length;
  expect(reached).toBeLessThan(GENERATIONS);
  expect(readJson(file(2, "summary.json")).status).toBe("interrupted");
  expect(readJson(file(1, "summary.json")).status).toBe("complete");
  const finished = () => {
    const path = file(1, "summary.json");
    return [readFileSync(path, "utf8"), statSync(path).mtimeMs];
  };
  const before = finished();
  const { code, err } = await muir(...WORDS, "--out", out);
  expect(code, err).toBe(0);
  expect(err).toMatch(
    /^1 run of 2 finished before\n\[2\/2\] clean stl seed 2 goes on\n\[2\/2\] clean stl seed 2 done in [^;]*\n$/,
  );
  expect(finished()).toEqual(before);
  expect(readJson(file(2, "summary.json")).status).toBe("complete");
  const numbers = events().map((line) => JSON.parse(line).generation);
  expect(numbers).toEqual(Array.from({ length: GENERATIONS }, (_, i) => i + 1));
  expect(readJson(out, "comparison.json")[0].runs).toHaveLength(2);
});

const linesOf = (path: string) =>
  existsSync(path) ? readFileSync(path, "utf8").split("\n").slice(0, -1) : [];
