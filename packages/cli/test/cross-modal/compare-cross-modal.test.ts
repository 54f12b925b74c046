import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assertLaw } from "@muir/test-kit";
import { completeSettings } from "@muir/trainer";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { crossModalPlan, TABLES, WAY_NAMES } from "../../src/compare/cross-modal-plan.js";
import { crossModalRows } from "../../src/compare/cross-modal-rows.js";
import { csvTable, latexTable, markdownTable } from "../../src/compare/table-formats.js";
import { crossModalFrom } from "../../src/cross-modal/cross-modal-from.js";
import { methodSettings } from "../../src/cross-modal/cross-modal-settings.js";
import { filesBelow, muir, muirUntil, readJson, temporaryFolder } from "../muir.js";
import { nodeWords, programPath } from "../program.js";
import { SMALL, smallRun } from "./small-run.js";

const started = { argv: process.argv, execArgv: process.execArgv };
beforeEach(() => {
  // muir compare starts the program that it is itself
  process.argv = [process.execPath, programPath];
  process.execArgv = nodeWords;
});
afterEach(() => void Object.assign(process, started));

/** A plan for made-up runs below `out`. */
const planFor = (out: string, seeds: readonly number[] = [1, 2]) =>
  crossModalPlan({
    ways: TABLES.table3,
    tasks: ["lenet", "lstm", "deepbind"],
    seeds,
    out,
    configOf: (given) => crossModalFrom({}, given),
  });

describe("the runs of a comparison", () => {
  test("are Table 3's: each task alone, by itself, in pairs, all together", () => {
    const teams = planFor("runs").map(({ way, tasks, jobs }) => [
      `${way}: ${tasks.join(" ")}`,
      jobs[0]!.config.method,
    ]);
    expect(teams).toEqual([
      ...["lenet", "lstm", "deepbind"].map((task) => [`alone: ${task}`, "stl"]),
      ...["lenet", "lstm", "deepbind"].map((task) => [`itself: ${task}`, "muir"]),
      ...["lenet lstm", "lenet deepbind", "lstm deepbind"].map((pair) => [
        `pairs: ${pair}`,
        "muir",
      ]),
      ["together: lenet lstm deepbind", "muir"],
    ]);
  });

  test("of two tasks have no pairs: these are all of them", () => {
    const teams = crossModalPlan({
      ...{ ways: TABLES.table3, tasks: ["lenet", "lstm"], seeds: [1], out: "runs" },
      configOf: (given) => crossModalFrom({}, given),
    });
    expect(teams.map(({ way }) => way)).not.toContain("pairs");
  });

  test("have each a folder of its own, and settings that a training takes", async () => {
    const teams = crossModalPlan({
      ...{ ways: WAY_NAMES, tasks: ["lenet", "deepbind"], seeds: [1, 2], out: "runs" },
      configOf: ({ set, ...given }) => crossModalFrom({ set }, given),
    });
    const folders = teams.flatMap(({ jobs }) => jobs.map(({ out }) => out));
    expect(new Set(folders).size).toBe(folders.length);
    const given = teams.map(({ jobs }) => completeSettings(methodSettings(jobs[0]!.config)));
    const different = new Set(given.map((settings) => JSON.stringify(settings)));
    expect(different.size).toBe(WAY_NAMES.length - 3); // itself and together differ by their tasks; c4 is the preset's
  });
});

describe("the rows of a comparison", () => {
  test("compare each task with itself alone, seed by seed, and mark the best", () => {
    const out = temporaryFolder();
    const [alone] = planFor(out);
    const rows = crossModalRows([alone!]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ task: "lenet", way: "alone", difference: null });
    expect(rows[0]!.values).toEqual([Number.NaN, Number.NaN]); // not run yet
    expect(rows[0]!.best).toBe(false);
  });
});

describe("muir compare cross-modal", { timeout: 60_000 }, () => {
  test("runs what is missing, keeps what is finished, and writes the table in every format", async () => {
    const { out, words } = smallRun(SMALL);
    const given = words.slice(2, 4); // --config FILE
    const flags = ["--seeds", "1", "--tasks", "lenet,deepbind", "--threads", "1"];
    const stopped = await muirUntil(AbortSignal.abort(), [
      ...["compare", "cross-modal", ...given, ...flags, "--out", out],
    ]);
    expect(stopped.code).toBe(130);
    expect(stopped.out).toMatch(/lenet +alone +– +0 of 1 +–/);
    // what compare itself would run
    const alone = join(out, "alone-lenet/seed1");
    const stl = ["--tasks", "lenet", "--method", "stl", "--seed", "1", "--threads", "1", "--quiet"];
    expect((await muir("run", "cross-modal", ...given, ...stl, "--out", alone)).code).toBe(0);
    const finished = readFileSync(join(alone, "summary.json"), "utf8");
    const {
      code,
      out: table,
      err,
    } = await muir(...["compare", "cross-modal", ...given, ...flags, "--out", out]);
    expect(code).toBe(0);
    expect(err).toBe(
      "1 run of 3 finished before\n[2/3] alone-deepbind seed 1 done\n[3/3] together-lenet-deepbind seed 1 done\n",
    );
    expect(readFileSync(join(alone, "summary.json"), "utf8")).toBe(finished);
    expect(table).toMatch(/deepbind +muir, with lenet +mse +1 +[\d.]+/);
    const files = filesBelow(out).filter((path) => path.startsWith("comparison"));
    expect(files).toEqual(["csv", "json", "md", "tex", "txt"].map((kind) => `comparison.${kind}`));
    const [row] = readJson(out, "comparison.json");
    const summary = JSON.parse(finished);
    expect(row.values).toEqual([summary.tasks.lenet.test]);
    const together = readJson(out, "together-lenet-deepbind/seed1/summary.json").tasks.lenet.test;
    const rows = readJson(out, "comparison.json") as (typeof row)[];
    const difference = rows.find((one) => one.task === "lenet" && one.difference !== null);
    expect(difference.difference.mean).toBeCloseTo(together - summary.tasks.lenet.test, 10);
  });

  test("refuses a folder with runs of other settings, naming the setting", async () => {
    const { out, words } = smallRun(SMALL);
    const config = words[3]!;
    const alone = join(out, "alone-lenet/seed1");
    const run = ["run", "cross-modal", "--config", config, "--tasks", "lenet", "--method", "stl"];
    await muir(...run, "--seed", "1", "--quiet", "--out", alone);
    writeFileSync(config, readFileSync(config, "utf8").replace("filters: 2", "filters: 3"));
    const { code, err } = await muir(
      ...["compare", "cross-modal", "--config", config, "--seeds", "1", "--out", out],
    );
    expect(code).toBe(2);
    expect(err).toBe(
      `--out ${alone}: must be a folder without a run of other settings; its run has tasks.lenet.architecture.filters 2, not 3. Choose another, or overwrite such runs with --force.\n`,
    );
  });
});

describe("a table", () => {
  const cells = [
    ["task", "test"],
    ["a, b", "3.1 *"],
    ['"c"', "40 %"],
  ];

  test("as Markdown", () => {
    expect(markdownTable(cells)).toBe(
      '| task | test |\n| --- | --- |\n| a, b | 3.1 * |\n| "c" | 40 % |\n',
    );
  });

  test("as LaTeX, the best bold", () => {
    expect(latexTable(cells)).toContain('a, b & \\textbf{3.1} \\\\\n"c" & 40 \\% \\\\');
  });

  test("as CSV can be read back, whatever is in it", () =>
    assertLaw(fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 2 })), (rows) => {
      const clean = rows.map((row) => row.map((cell) => cell.replaceAll("\r", "")));
      expect(parseCsv(csvTable(clean))).toEqual(clean);
    }));
});

/** CSV read character by character. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (quoted && character === '"' && text[i + 1] === '"') {
      cell += '"';
      i++;
    } else if (character === '"') quoted = !quoted;
    else if (quoted || (character !== "," && character !== "\n")) cell += character;
    else {
      row.push(cell);
      cell = "";
      if (character === "\n") {
        rows.push(row);
        row = [];
      }
    }
  }
  return rows;
}
