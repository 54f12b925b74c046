import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type RunPlan, runCommand } from "../src/commands/run-command.js";
import { configFrom } from "../src/config/draft-config.js";
import type { SyntheticConfig } from "../src/config/synthetic-config.js";
import { prepareSynthetic } from "../src/run/prepare-synthetic.js";
import { filesBelow, muir, muirUntil, readJson, TINY, temporaryFolder } from "./muir.js";
import { readSafeTensors } from "./read-safetensors.js";

/** Words for a run into a new folder. */
function tinyRun(...words: string[]): { out: string; words: string[] } {
  const out = join(temporaryFolder(), "run");
  return { out, words: ["run", "synthetic", ...TINY, "--out", out, ...words] };
}

const linesOf = (path: string) => readFileSync(path, "utf8").trimEnd().split("\n");

describe("muir run synthetic", () => {
  test("writes a folder that holds the whole run", async () => {
    const { out, words } = tinyRun("--seed", "7");
    const { code } = await muir(...words);
    expect(code).toBe(0);
    const inCheckpoint = (name: string) => /^checkpoints\/.+\//.test(name);
    expect(filesBelow(out).filter((name) => !inCheckpoint(name))).toEqual([
      "alignment.bin",
      "checkpoints",
      "checkpoints/000001",
      "checkpoints/000002",
      "config.json",
      "events.jsonl",
      "figures",
      "figures/alignment.svg",
      "figures/learning.svg",
      "figures/modules-by-tasks.svg",
      "figures/modules.svg",
      "figures/parameters.svg",
      "figures/sharing.svg",
      "figures/tasks.svg",
      "networks",
      "networks/regression.safetensors",
      "report.html",
      "summary.json",
    ]);
  });

  test("its config is complete: every setting, versions, the backend that computed, the seed", async () => {
    const { out, words } = tinyRun("--seed", "7");
    await muir(...words);
    const config = readJson(out, "config.json");
    expect(config).toMatchObject({
      experiment: "synthetic",
      method: "muir",
      seed: 7,
      backend: "cpu",
    });
    expect(config.training).toMatchObject({ generations: 2, stepsPerGeneration: 3, lambda: 4 });
    expect(config.data).toMatchObject({ folder: null, groups: 3 });
    expect(Object.keys(config.versions)).toEqual(["muir", "tfjs", "node"]);
    expect(config.groups).toHaveLength(config.locations);
  });

  test("its summary says what it came to", async () => {
    const { out, words } = tinyRun();
    await muir(...words);
    const summary = readJson(out, "summary.json");
    expect(summary).toMatchObject({
      experiment: "synthetic",
      variant: "clean",
      method: "muir",
      seed: 1,
      backend: "cpu",
      status: "complete",
      generations: 2,
      steps: 6,
      convergedAt: null,
    });
    for (const name of [
      ...["testRmse", "validationRmse", "activeModules", "groupingAccuracy"],
      ...["parameters", "wallSeconds", "stepMilliseconds"],
    ]) {
      expect(summary[name], name).toBeTypeOf("number");
    }
  });

  test("its alignments are one row more than its events, and every number is finite", async () => {
    const { out, words } = tinyRun("--set", "burnIn=1", "--set", "finalGenerations=2");
    await muir(...words);
    const events = linesOf(join(out, "events.jsonl"));
    const { locations } = readJson(out, "config.json");
    expect(events).toHaveLength(1 + 2 + 2);
    expect(readFileSync(join(out, "alignment.bin"))).toHaveLength(
      (events.length + 1) * locations * 4,
    );
    expect(events.join("")).not.toMatch(/null|NaN|undefined|Infinity/);
    expect(events.map((line) => JSON.parse(line).phase)).toEqual([
      ...["burn-in", "search", "search", "final", "final"],
    ]);
  });

  test("its checkpoints are safetensors, aligned like its last row", async () => {
    const { out, words } = tinyRun();
    await muir(...words);
    const rows = new Int32Array(Uint8Array.from(readFileSync(join(out, "alignment.bin"))).buffer);
    const newest = readdirSync(join(out, "checkpoints")).sort().at(-1)!;
    const folder = join(out, "checkpoints", newest);
    const { best } = readJson(folder, "manifest.json").training;
    const { tensors } = readSafeTensors(readFileSync(join(folder, best.file)));
    expect(tensors["bank/modules"]!.shape).toEqual([30, 1, 20, 1]);
    const { generation } = bestEvent(out);
    expect(best.generation).toBe(generation);
    expect(tensors["alignment"]!.data).toEqual(rows.slice(30 * generation, 30 * (generation + 1)));
  });

  test("the same seed writes the same bytes but for the time it took, another seed others", async () => {
    const runs = [tinyRun("--seed", "5"), tinyRun("--seed", "5"), tinyRun("--seed", "6")];
    for (const { words } of runs) await muir(...words);
    const [first, again, other] = runs.map(({ out }) => ({
      events: readFileSync(join(out, "events.jsonl"), "utf8").replace(
        /"stepMilliseconds":[^,}]+/g,
        "",
      ),
      alignment: readFileSync(join(out, "alignment.bin")).toString("hex"),
    }));
    expect(again).toEqual(first);
    expect(other!.events).not.toBe(first!.events);
    expect(other!.alignment).not.toBe(first!.alignment);
  });

  test.each(["stl", "random", "oracle"])("method %s is a run like any other", async (method) => {
    const { out, words } = tinyRun("--method", method);
    expect((await muir(...words)).code).toBe(0);
    const { activeModules, groupingAccuracy } = readJson(out, "summary.json");
    const expected = { stl: [0, null], oracle: [3, 1] }[method];
    if (expected) expect([activeModules, groupingAccuracy]).toEqual(expected);
  });

  test("tells people what it does and what came out, in lines of 80 columns", async () => {
    const { words } = tinyRun();
    const { out, err } = await muir(...words);
    expect(out).toMatch(/^muir .* · synthetic clean · muir · seed 1\n {2}backend: cpu/);
    expect(out).toMatch(/test RMSE \d/);
    expect(out).toContain("2 generations, 6 steps");
    expect(err).toMatch(/^generation 1\/2 {2}loss /);
    const lines = `${out}\n${err}`.split("\n").filter((line) => !line.includes("report:"));
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  test("--json prints the summary and nothing else, --quiet nothing", async () => {
    const json = tinyRun("--json");
    const { out, err } = await muir(...json.words);
    expect(JSON.parse(out)).toMatchObject(readJson(json.out, "summary.json"));
    expect(err).toBe("");
    const quiet = tinyRun("--quiet");
    expect(await muir(...quiet.words)).toEqual({ code: 0, out: "", err: "" });
    expect(existsSync(join(quiet.out, "report.html"))).toBe(true);
  });

  test("--seeds is a run for each seed, in a folder of its own", async () => {
    const { out, words } = tinyRun("--seeds", "1..2", "--json");
    const ended = await muir(...words);
    expect(JSON.parse(ended.out).map(({ seed }: { seed: number }) => seed)).toEqual([1, 2]);
    expect(readJson(out, "seed2", "config.json").seed).toBe(2);
  });

  test("leaves a run that another program finished in its folder meanwhile", async () => {
    const out = temporaryFolder();
    const jobs = { seeds: "1..2", out, quiet: true };
    const configOf = (seed?: number) =>
      configFrom(
        { backend: "cpu", set: ["generations=1", "finalGenerations=0", "stepsPerGeneration=1"] },
        seed === undefined ? {} : { seed },
      );
    const other = join(out, "seed2");
    const plan: RunPlan<SyntheticConfig> = {
      ...{ configOf, nameOf: () => "run" },
      prepare(config) {
        if (config.seed === 2) {
          mkdirSync(other);
          writeFileSync(join(other, "config.json"), "another's");
        }
        return prepareSynthetic(config);
      },
    };
    const never = () => new AbortController().signal;
    await expect(runCommand(jobs, plan, never)).rejects.toThrow(
      `--out ${other}: must be a folder without a run; it holds config.json.`,
    );
    expect(readFileSync(join(other, "config.json"), "utf8")).toBe("another's");
    expect(readJson(out, "seed1", "summary.json").status).toBe("complete");
    expect(filesBelow(other)).toEqual(["config.json"]); // no lock is left
  });

  test("Ctrl-C ends it in order after the step, the test split unread", async () => {
    const { out, words } = tinyRun("--generations", "500");
    const { code, out: said } = await muirUntil(AbortSignal.abort(), words);
    expect(code).toBe(130);
    const summary = readJson(out, "summary.json");
    expect(summary).toMatchObject({ status: "interrupted", generations: 0, testRmse: null });
    expect(filesBelow(out)).toContain("report.html");
    expect(filesBelow(out)).toContain("checkpoints/000002/latest.safetensors");
    expect(filesBelow(out)).not.toContain("run.lock");
    expect(said).toContain("test RMSE not measured (interrupted)");
  });

  test("Ctrl-C starts no further seed", async () => {
    const { out, words } = tinyRun("--seeds", "1..3");
    expect((await muirUntil(AbortSignal.abort(), words)).code).toBe(130);
    expect(filesBelow(out).filter((path) => !path.includes("/"))).toEqual(["seed1"]);
  });
});

/** The last line of a run's events that was the best so far. */
function bestEvent(out: string): { generation: number } {
  return linesOf(join(out, "events.jsonl"))
    .map((line) => JSON.parse(line))
    .findLast(({ best }) => best);
}
