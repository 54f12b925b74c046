import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { meanAndError } from "@muir/report";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { againstAlone, compared } from "../src/compare/comparison.js";
import { comparisonTable } from "../src/compare/comparison-table.js";
import { checkJob, finishedSummary, type Job } from "../src/compare/job.js";
import { syntheticPlan } from "../src/compare/synthetic-plan.js";
import { configFrom } from "../src/config/draft-config.js";
import { filesBelow, muir, muirUntil, readJson, TINY, temporaryFolder } from "./muir.js";
import { nodeWords, programPath } from "./program.js";

const started = { argv: process.argv, execArgv: process.execArgv };
beforeEach(() => {
  // muir compare starts the program that it is itself
  process.argv = [process.execPath, programPath];
  process.execArgv = nodeWords;
});
afterEach(() => void Object.assign(process, started));

describe("muir compare", { timeout: 240_000 }, () => {
  const words = [...TINY, "--variants", "clean", "--methods", "stl"];
  const compare = (out: string, ...more: string[]) =>
    muir("compare", ...words, "--out", out, ...more);
  const folderOf = (out: string, seed: number) => join(out, "clean-stl", `seed${seed}`);

  /** A comparison's folder with the run of seed 1 in it. */
  async function begun(): Promise<string> {
    const out = join(temporaryFolder(), "compare");
    const run = ["run", "synthetic", "--method", "stl", ...TINY, "--quiet"];
    await muir(...run, "--out", folderOf(out, 1));
    return out;
  }

  test("keeps what is finished, goes on with the rest, and tells what failed", async () => {
    const out = await begun();
    mkdirSync(folderOf(out, 2));
    writeFileSync(join(folderOf(out, 2), "checkpoints"), "in the way");
    const { code, out: table, err } = await compare(out, "--seeds", "1..3");
    expect(code).toBe(3);
    const [kept, ...others] = err.trimEnd().split("\n");
    expect(kept).toBe("1 run of 3 finished before");
    const withoutTimes = others.map((line) => line.replace(/ in .*/, "")).sort();
    expect(withoutTimes).toEqual([
      "[2/3] clean stl seed 2 begins",
      `[2/3] clean stl seed 2 failed: --out ${folderOf(out, 2)}: must be a folder that can be written; got EEXIST.`,
      "[3/3] clean stl seed 3 begins",
      "[3/3] clean stl seed 3 done",
    ]);
    expect(table).toMatch(
      /^variant .*\n─.*\nclean {4}stl {5}2 of 3 +\d\.\d{4} +\d\.\d{4} +.* 1\.35 /,
    );
    for (const line of table.split("\n").filter((one) => !one.includes(out))) {
      expect(line.length, line).toBeLessThanOrEqual(110);
    }
    expect(filesBelow(folderOf(out, 3))).toEqual(filesBelow(folderOf(out, 1)));
  });

  test("starts nothing after Ctrl-C, and shows what is finished", async () => {
    const out = await begun();
    const stopped = await muirUntil(AbortSignal.abort(), [
      ...["compare", ...words, "--out", out, "--seeds", "1..2"],
    ]);
    expect(stopped.code).toBe(130);
    expect(stopped.out).toMatch(/clean {4}stl {5}1 of 2 /);
    expect(filesBelow(join(out, "clean-stl")).filter((path) => !path.includes("/"))).toEqual([
      "seed1",
    ]);
  });

  test("writes table, figure and page, with the words that repeat it", async () => {
    const out = await begun();
    expect((await compare(out, "--seeds", "1")).code).toBe(0);
    expect(filesBelow(out).filter((path) => path.startsWith("comparison"))).toEqual(
      ["csv", "html", "json", "md", "svg", "tex", "txt"].map((kind) => `comparison.${kind}`),
    );
    expect(readFileSync(join(out, "comparison.html"), "utf8")).toContain(
      "muir compare --variants clean --methods stl --seeds 1 --generations 2 --backend cpu --set stepsPerGeneration=3",
    );
  });

  test("--vary makes each value of a setting a row beside muir, at any preset", async () => {
    const out = join(temporaryFolder(), "compare");
    const sizes = ["--preset", "tiny", "--backend", "cpu", "--generations", "2"];
    const { code, out: table } = await muir(
      ...["compare", "table2", ...sizes, "--set", "finalGenerations=0", "--variants", "clean"],
      ...["--methods", "muir", "--vary", "lambda=1,4", "--seeds", "1", "--out", out],
    );
    expect(code).toBe(0);
    const rows = table.split("\n").slice(2, 4);
    expect(rows[0]).toMatch(/^clean +muir +1 .* 0\.00 /); // which has lambda = 4, and the paper's number beside it
    expect(rows[1]).toMatch(/^clean +muir, lambda=1 +1 .* – +0 of 1$/);
    const configOf = (row: string) => readJson(out, row, "seed1", "config.json");
    expect(configOf("clean-lambda=1")).toMatchObject({ preset: "tiny", training: { lambda: 1 } });
    expect(configOf("clean-muir").training).toMatchObject({ lambda: 4, stepsPerGeneration: 50 });
  });

  test("--vary has muir as it is set among its rows, whatever --methods names", () => {
    const flags = { variants: "clean", seeds: "1", out: "runs", vary: ["lambda=2,4"] };
    const methodsOf = (methods: string) =>
      syntheticPlan({ ...flags, methods }).map(({ method }) => method);
    expect(methodsOf("stl")).toEqual(["stl", "muir", "muir, lambda=2"]);
    expect(methodsOf("muir,stl")).toEqual(["muir", "stl", "muir, lambda=2"]);
  });

  test("--json prints the rows and nothing else", async () => {
    const out = await begun();
    const { out: printed, err } = await compare(out, "--seeds", "1", "--json");
    expect(err).toBe("");
    const [row] = JSON.parse(printed);
    const summary = readJson(folderOf(out, 1), "summary.json");
    expect(row).toMatchObject({ method: "stl", paper: 1.35, standardError: null, runs: [summary] });
    expect([row.mean, ...row.seeds]).toEqual([summary.testRmse, summary.testRmse]);
  });

  test("refuses a folder with runs of other settings", async () => {
    const out = await begun();
    expect(await compare(out, "--seeds", "1", "--set", "lambda=3")).toEqual({
      code: 2,
      out: "",
      err: `--out ${folderOf(out, 1)}: must be a folder without a run of other settings; its run has training.lambda 4, not 3. Choose another, or overwrite such runs with --force.\n`,
    });
  });
});

describe("a job of a comparison", () => {
  const job = (out: string, set: string[] = []): Job => ({
    config: configFrom({
      method: "stl",
      generations: 2,
      set: ["stepsPerGeneration=3", "finalGenerations=0", ...set],
    }),
    out,
  });
  async function finished(): Promise<string> {
    const out = join(temporaryFolder(), "run");
    await muir("run", "synthetic", "--method", "stl", ...TINY, "--quiet", "--out", out);
    return out;
  }

  test("was finished where its folder holds a complete run with the same settings", async () => {
    const out = await finished();
    expect(finishedSummary(job(out))).toEqual(readJson(out, "summary.json"));
    expect(finishedSummary(job(out, ["lambda=3"]))).toBeNull();
    expect(finishedSummary(job(join(out, "elsewhere")))).toBeNull();
  });

  test("has to run again where it was interrupted, and may", async () => {
    const out = await finished();
    const summary = readJson(out, "summary.json");
    writeFileSync(join(out, "summary.json"), JSON.stringify({ ...summary, status: "interrupted" }));
    expect(finishedSummary(job(out))).toBeNull();
    expect(() => checkJob(job(out), { force: false })).not.toThrow();
  });

  test("overwrites a run of other settings only when it is forced", async () => {
    const out = await finished();
    const other = job(out, ["patience=3"]);
    expect(() => checkJob(other, { force: false })).toThrow(
      "its run has training.patience null, not 3.",
    );
    expect(() => checkJob(other, { force: true })).not.toThrow();
  });
});

describe("a comparison", () => {
  const config = configFrom({ method: "oracle" });

  test("has the mean of the seeds that are there, and its standard error", () => {
    expect(meanAndError([1, 3, Number.NaN])).toEqual({ count: 2, mean: 2, standardError: 1 });
    expect(meanAndError([5])).toEqual({ count: 1, mean: 5, standardError: Number.NaN });
  });

  test("has the paper's value on the paper's benchmark only", () => {
    expect(compared(config, []).paper).toBe(0.77);
    expect(compared(configFrom({ method: "oracle", set: ["inputs=5"] }), []).paper).toBeNull();
  });

  test("is against stl seed by seed, within its variant, and the best mean is marked", () => {
    const rowOf = (method: "stl" | "muir", variant: "clean" | "noisy", seeds: number[]) => ({
      ...compared(configFrom({ method, variant }), []),
      seeds,
    });
    const rows = againstAlone([
      rowOf("stl", "clean", [1, 2]),
      rowOf("muir", "clean", [0.5, 1]),
      rowOf("muir", "noisy", [1, 2]),
    ]);
    expect(rows.map(({ difference }) => difference?.mean)).toEqual([undefined, -0.75, undefined]);
    expect(rows[1]!.difference!.interval).toEqual([-1, -0.5]);
    expect(rows[1]!.difference!.t).toMatchObject({ t: -3, degreesOfFreedom: 1 });
    expect(rows.map(({ best }) => best)).toEqual([false, true, true]);
  });

  test("with nothing finished has no numbers", () => {
    expect(comparisonTable([compared(config, [null])]).split("\n")[2]).toMatch(
      /^clean {4}oracle {2}0 of 1 +– +– +0\.77 +–$/,
    );
  });
});
