import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "@muir/random";
import { meanAndError, pairedDifference } from "@muir/report";
import { assertLaw } from "@muir/test-kit";
import { completeSettings } from "@muir/trainer";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { crossModalPlan, TABLES, WAY_NAMES } from "../../src/compare/cross-modal-plan.js";
import { type CrossModalRow, crossModalRows } from "../../src/compare/cross-modal-rows.js";
import { crossModalFigures, crossModalTable } from "../../src/compare/cross-modal-table.js";
import {
  csvRecords,
  csvTable,
  latexTable,
  markdownTable,
} from "../../src/compare/table-formats.js";
import { parseVariation } from "../../src/compare/variation.js";
import { crossModalSchema } from "../../src/cross-modal/cross-modal-config.js";
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

  test("of one task are by itself and together the same, and nobody beside it is named", () => {
    const out = temporaryFolder();
    const teams = crossModalPlan({
      ...{ ways: ["alone", "itself", "together"], tasks: ["lenet"], seeds: [1], out },
      configOf: (given) => crossModalFrom({}, given),
    });
    const [, itself, together] = teams.map(({ jobs }) => jobs[0]!.out);
    expect(itself).toBe(together);
    const said = crossModalRows(teams).map(({ trained }) => trained);
    expect(said).toEqual(["alone", "muir, by itself", "muir"]);
  });

  test("have each a folder of its own where they are set otherwise, and settings that a training takes", () => {
    const teams = crossModalPlan({
      ...{ ways: WAY_NAMES, tasks: ["lenet", "deepbind"], seeds: [1, 2], out: "runs" },
      configOf: ({ set, ...given }) => crossModalFrom({ set }, given),
    });
    const jobs = teams.filter(({ way }) => way !== "c4").flatMap((team) => team.jobs);
    expect(new Set(jobs.map(({ out }) => out)).size).toBe(jobs.length);
    const given = teams.map(({ jobs }) => completeSettings(methodSettings(jobs[0]!.config)));
    const different = new Set(given.map((settings) => JSON.stringify(settings)));
    expect(different.size).toBe(WAY_NAMES.length - 3); // itself and together differ by their tasks; c4 is the preset's
  });
});

describe("Table 7", () => {
  const foldersWith = (...set: string[]) =>
    crossModalPlan({
      ...{ ways: TABLES.table7, tasks: ["lenet", "lstm"], seeds: [1], out: "runs" },
      configOf: ({ set: own, ...given }) => crossModalFrom({ set: [...set, ...own] }, given),
    }).map(({ way, jobs }) => `${way}: ${jobs[0]!.out}`);

  test("takes the run of Table 3 whose c it is, which is not made twice", () => {
    expect(foldersWith()).toContain("c4: runs/together-lenet-lstm/seed1");
    expect(foldersWith()).toContain("c2: runs/c2-lenet-lstm/seed1");
  });

  test("has a run of c = 4 of its own where c is set otherwise", () => {
    expect(foldersWith("training.contextSize=2")).toContain("c4: runs/c4-lenet-lstm/seed1");
    expect(foldersWith("training.contextSize=2")).toContain("c2: runs/together-lenet-lstm/seed1");
  });
});

describe("--vary", () => {
  const config = crossModalFrom({ set: ["training.lambda=2"] });
  const varied = { config, schema: crossModalSchema, listed: "muir config schema" };
  const planOf = (...given: string[]) =>
    crossModalPlan({
      ...{ ways: ["alone", "together"], tasks: ["lenet", "lstm"], seeds: [1], out: "runs" },
      variations: given.map((text) => parseVariation(text, varied)),
      configOf: ({ set, ...rest }) => crossModalFrom({ set: ["training.lambda=2", ...set] }, rest),
    });

  test("makes every value a row, the one that is set among them, each once", () => {
    const teams = planOf("lambda=1,2,4").slice(2); // the two alone come first
    expect(teams.map(({ says, jobs }) => [says, jobs[0]!.out])).toEqual([
      ["muir, lambda = 2", "runs/together-lenet-lstm/seed1"],
      ["muir, lambda = 1", "runs/lambda=1-lenet-lstm/seed1"],
      ["muir, lambda = 4", "runs/lambda=4-lenet-lstm/seed1"],
    ]);
    expect(teams.map(({ jobs }) => jobs[0]!.config.training.lambda)).toEqual([2, 1, 4]);
  });

  test("takes numbers, words, lists and null; several settings, one at a time", () => {
    const given = ["training.sampling=uniform", "block=[4,8]", "patience=null,3", "contextSize=0"];
    const varied = planOf(...given).slice(3);
    expect(varied.map(({ way }) => way)).toEqual([
      ...["sampling=uniform", "block=4x8", "patience=3", "contextSize=0"],
    ]);
    const [sampling, block] = varied.map(({ jobs }) => jobs[0]!.config.training);
    expect(sampling).toMatchObject({ sampling: "uniform", block: config.training.block });
    expect(block).toMatchObject({ sampling: "proportional", block: [4, 8] });
    for (const { jobs } of varied) completeSettings(methodSettings(jobs[0]!.config));
  });

  const refused: Record<string, string> = {
    "lamda=1,2":
      '--vary lamda: must be a setting of the training, such as lambda; got "lamda"; did you mean "lambda"?',
    "seed=1,2": '--vary seed: must be a setting of the training, such as lambda; got "seed".',
    "lambda=1,0": "--vary lambda: must be at least 1; got 0.",
    "sampling=even": '--vary sampling: must be one of proportional, uniform; got "even".',
    lambda: '--vary: must be setting=value,value,…, such as lambda=1,2,4; got "lambda".',
    "lambda=": '--vary: must be setting=value,value,…, such as lambda=1,2,4; got "lambda=".',
  };
  test.each(Object.entries(refused))("refuses %s", (text, message) => {
    expect(() => parseVariation(text, varied)).toThrow(message);
  });

  test("refuses before anything runs or is written", async () => {
    const out = join(temporaryFolder(), "compare");
    const given = ["compare", "cross-modal", "--out", out];
    const both = await muir(...given, "--vary", "generations=1,2", "--generations", "3");
    expect(both).toMatchObject({ code: 2, out: "" });
    expect(both.err).toContain("--vary generations: must be given without --generations");
    const twice = await muir(...given, "--vary", "lambda=1", "--vary", "training.lambda=2");
    expect(twice.err).toBe("--vary lambda: must be given once, with all its values.\n");
    expect(filesBelow(out)).toEqual([]);
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

describe("the table for people", () => {
  const row = (trained: string, values: number[], more: Partial<CrossModalRow> = {}) => ({
    ...{ task: "lenet", way: "alone", others: [], trained, metric: "error %", values },
    ...{ better: "lower" as const, best: false, difference: null },
    ...{ trainedParameters: 291_374, parameters: 94_210, wallSeconds: 3723, ...more },
  });
  const alone = [62.31, 63.02, 61.98];
  const together = [60.11, 61.52, 59.07];
  const rows = [
    row("alone", alone),
    row("muir, with lstm, deepbind", together, {
      best: true,
      difference: pairedDifference(together, alone, { random: createRandom(1) }),
    }),
  ];

  test("names each task once, and fits 110 columns", () => {
    const lines = crossModalTable(rows).split("\n");
    expect(lines[2]).toBe("lenet, error %");
    expect(lines[4]).toMatch(
      /^ {2}muir, with lstm, deepbind +3 +60\.23 \* +0\.71 +-2\.20 +-2\.91 to -1\.50 +0\.0\d+ +291k → 94\.2k +1 h 02 min$/,
    );
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(110);
  });

  test("has all its figures as CSV, with all their digits", () => {
    const [head, first, second] = parseCsv(csvRecords(crossModalFigures(rows)));
    const cellOf = (name: string, cells = second!) => cells[head!.indexOf(name)];
    expect(Number(cellOf("mean"))).toBe(meanAndError(together).mean);
    expect(Number(cellOf("tTestP"))).toBe(rows[1]!.difference!.t.p);
    expect(cellOf("deployedParameters")).toBe("94210");
    expect(cellOf("difference", first)).toBe(""); // alone is compared with nothing
  });
});

describe("muir compare cross-modal", { timeout: 240_000 }, () => {
  test("runs what is missing, keeps what is finished, and writes the table in every format", async () => {
    const { out, words } = smallRun(SMALL);
    const given = words.slice(2, 4); // --config FILE
    const flags = ["--seeds", "1", "--tasks", "lenet,deepbind", "--threads", "1"];
    const stopped = await muirUntil(AbortSignal.abort(), [
      ...["compare", "cross-modal", ...given, ...flags, "--out", out],
    ]);
    expect(stopped.code).toBe(130);
    expect(stopped.out).toMatch(/\nlenet\n {2}alone +0 of 1 +–/);
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
    expect(err.replaceAll(/ in .*/g, "")).toBe(
      [
        "1 run of 3 finished before",
        "[2/3] alone-deepbind seed 1 begins",
        "[2/3] alone-deepbind seed 1 done",
        "[3/3] together-lenet-deepbind seed 1 begins",
        "[3/3] together-lenet-deepbind seed 1 done\n",
      ].join("\n"),
    );
    expect(readFileSync(join(alone, "summary.json"), "utf8")).toBe(finished);
    expect(table).toMatch(/\ndeepbind, mse\n {2}alone.*\n {2}muir, with lenet +1 +[\d.]+/);
    const files = filesBelow(out).filter((path) => path.startsWith("comparison"));
    expect(files).toEqual(
      ["csv", "html", "json", "md", "tex", "txt"].map((kind) => `comparison.${kind}`),
    );
    const [row] = readJson(out, "comparison.json");
    const summary = JSON.parse(finished);
    expect(row.values).toEqual([summary.tasks.lenet.test]);
    const together = readJson(out, "together-lenet-deepbind/seed1/summary.json").tasks.lenet.test;
    const rows = readJson(out, "comparison.json") as (typeof row)[];
    const difference = rows.find((one) => one.task === "lenet" && one.difference !== null);
    expect(difference.difference.mean).toBeCloseTo(together - summary.tasks.lenet.test, 10);
    expect([row.trainedParameters, row.parameters]).toEqual([
      summary.trainedParameters,
      summary.parameters,
    ]);
    expect(readFileSync(join(out, "comparison.html"), "utf8")).toContain(
      "--tasks lenet,deepbind --methods alone,together --seeds 1",
    );
    // a table of the paper in the same folder takes the runs that it needs, and leaves the comparison's files
    const table7 = await muirUntil(AbortSignal.abort(), [
      ...["compare", "table7", ...given, ...flags, "--out", out],
    ]);
    expect(table7.out).toMatch(/muir, c = 2 +0 of 1 +–.*\n {2}muir, c = 4 +1 +[\d.]+/);
    const names = filesBelow(out).filter((path) => path.endsWith(".md"));
    expect(names).toEqual(["comparison.md", "table7.md"]);
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
