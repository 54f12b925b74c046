import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatNpy } from "@muir/data";
import { describe, expect, test } from "vitest";
import { filesBelow, muir, readJson, TINY, temporaryFolder } from "./muir.js";

/** Runs with these words into a new folder, and gives what was printed once it is checked. */
async function refusalOf(...words: string[]): Promise<string> {
  const folder = temporaryFolder();
  const out = join(folder, "a", "run");
  const ended = await muir("run", "synthetic", ...TINY, "--out", out, ...words);
  expect(filesBelow(folder)).toEqual([]);
  return oneLine(ended);
}

function oneLine({ code, out, err }: { code: number; out: string; err: string }): string {
  expect(code, err).toBe(2);
  expect(out).toBe("");
  expect(err).toMatch(/^[^\n]+\n$/);
  return err.trimEnd();
}

describe("what cannot be used is refused in one line, with exit code 2 and nothing written:", () => {
  test.each([
    [["--set", "lambda=0"], "--set training.lambda: must be at least 1; got 0."],
    [
      ["--seeds", "3..1"],
      '--seeds: must be seeds and ranges A..B with A <= B, such as 1..10 or 1..3,7; got "3..1".',
    ],
    [["--seeds", "1..2", "--seed", "1"], "--seeds: must be given without --seed; got both."],
    [
      ["--seeds", "1..2", "--set", "seed=9"],
      "--set seed: must be left out here, where --seeds says it.",
    ],
    [
      ["--set", "data.inputs=9007199254740991"],
      "data: its sizes must be such that all samples fit into memory; got: Invalid typed array length: 9007199254740991. Lower tasksPerGroup, inputs, train, validation or test.",
    ],
    [["--seed", "x"], '--seed: must be a whole number, 0 or more; got "x".'],
    [["--seed", "-1"], '--seed: must be a whole number, 0 or more; got "-1".'],
    [["--methd", "muir"], "muir: unknown option '--methd' (Did you mean --method?)"],
    [["extra"], "muir: too many arguments for 'synthetic'. Expected 0 arguments but got 1."],
    [
      ["--set", "groups=1", "--set", "tasksPerGroup=1"],
      "--method muir: must have at least two tasks to share between; got 1. Use --method stl, or more tasks.",
    ],
    [
      ["--set", "modules=29"],
      "training.modules: must be at least 30, one a task to start from, or null; got 29.",
    ],
    [
      ["--data", "no/such"],
      "no/such: no such folder. Give a folder that holds train_X.npy, train_Y.npy, test_X.npy and test_Y.npy.",
    ],
  ])("%j", async (words, message) => {
    expect(await refusalOf(...words)).toBe(message);
  });

  test("a backend that is not installed, with what to install", async () => {
    expect(await refusalOf("--backend", "tfjs-node-gpu")).toMatch(
      /^--backend tfjs-node-gpu: must work here; got: .* Run `npm i @tensorflow\/tfjs-node-gpu` on /,
    );
  });

  test.each([
    [["runn"], "muir: unknown command 'runn' (Did you mean run?)"],
    [["run", "syntetic"], "muir: unknown command 'syntetic' (Did you mean synthetic?)"],
    [["report"], "muir: missing required argument 'dir'"],
    [
      ["compare", "--methods", "stl,mur"],
      '--methods: must be among muir, stl, random, oracle; got "mur"; did you mean "muir"?',
    ],
    [
      ["compare", "--set", "variant=noisy"],
      "--set variant: must be left out here, where --variants says it.",
    ],
    [
      ["compare", "cross-modal", "--set", "seed=9"],
      "--set seed: must be left out here, where --seeds says it.",
    ],
    [
      ["compare", "cross-modal", "--methods", "pairs", "--tasks", "lenet,lstm"],
      "--methods pairs: must have three tasks or more to pair; got lenet, lstm. Use together.",
    ],
    [
      ["run", "cross-modal", "--set", "tasks.lenet.batchSize.foo=1"],
      '--set tasks.lenet.batchSize.foo: must name a setting; "tasks.lenet.batchSize" holds none, it is 16.',
    ],
    [
      ["run", "cross-modal", "--set", "tasks.lenet.__proto__.weight=3"],
      '--set tasks.lenet.__proto__.weight: must be a known setting; got "__proto__".',
    ],
    [["compare", "--jobs", "0"], '--jobs: must be a whole number, 1 or more; got "0".'],
    [["theory", "--runs", "1"], '--runs: must be a whole number, 2 or more; got "1".'],
    [
      ["report", "no/such"],
      "muir report: a run's folder must hold a config.json; got none in no/such. Give a folder that `muir run` wrote.",
    ],
  ])("%j", async (words, message) => {
    expect(oneLine(await muir(...words))).toBe(message);
  });
});

describe("data from a folder", () => {
  const inputs = {
    shape: [3, 9, 2],
    data: Float32Array.from({ length: 54 }, (_, i) => (i % 7) / 7),
  };
  const targets = { shape: [3, 9], data: Float32Array.from({ length: 27 }, (_, i) => (i % 5) / 5) };
  const good = {
    "train_X.npy": formatNpy(inputs),
    "train_Y.npy": formatNpy(targets),
    "test_X.npy": formatNpy(inputs),
    "test_Y.npy": formatNpy(targets),
  };

  function folderWith(files: Record<string, Uint8Array | undefined>): string {
    const folder = temporaryFolder();
    for (const [name, bytes] of Object.entries({ ...good, ...files })) {
      if (bytes) writeFileSync(join(folder, name), bytes);
    }
    return folder;
  }

  test("is trained on; its groups are unknown", async () => {
    const out = join(temporaryFolder(), "run");
    const ended = await muir("run", "synthetic", ...TINY, "--data", folderWith({}), "--out", out);
    expect(ended.code, ended.err).toBe(0);
    const { groupingAccuracy, convergedAt, activeModules } = readJson(out, "summary.json");
    expect([groupingAccuracy, convergedAt]).toEqual([null, null]);
    expect(activeModules).toBeLessThanOrEqual(3);
  });

  const bytes = good["train_X.npy"];
  const nan = Float32Array.from(inputs.data);
  nan[2 * 18 + 3 * 2 + 1] = Number.NaN;
  test.each<[string, Record<string, Uint8Array | undefined>, string]>([
    ["missing", { "test_Y.npy": undefined }, "test_Y.npy: missing."],
    ["truncated", { "train_X.npy": bytes.subarray(0, -4) }, "train_X.npy: truncated:"],
    [
      "NaN",
      { "train_X.npy": formatNpy({ ...inputs, data: nan }) },
      "got NaN at [2, 3, 1] (task, sample, input).",
    ],
    [
      "no task",
      { "train_X.npy": formatNpy({ shape: [0, 9, 2], data: new Float32Array() }) },
      "there must be at least one task;",
    ],
    [
      "other shape",
      { "train_Y.npy": formatNpy({ shape: [3, 8], data: targets.data.slice(3) }) },
      "train_Y.npy: shape [3,8] must have the 9 samples",
    ],
    [
      "Fortran order",
      { "train_X.npy": edited(bytes, "False", "True ") },
      "must be in C order; got Fortran order.",
    ],
    [
      "integers",
      { "train_X.npy": edited(bytes, "<f4", "<i4") },
      "must be float32 ('<f4') or float64 ('<f8')",
    ],
  ])("is refused when an array is at fault: %s", async (_, files, message) => {
    expect(await refusalOf("--data", folderWith(files))).toContain(message);
  });

  test("leaves nobody who knows the groups", async () => {
    const folder = folderWith({});
    expect(await refusalOf("--data", folder, "--method", "oracle")).toContain(
      "--method oracle: the tasks' true groups must be known;",
    );
    expect(
      oneLine(await muir("compare", ...TINY, "--data", folder, "--out", join(folder, "out"))),
    ).toContain("--method oracle: the tasks' true groups must be known;");
    expect(filesBelow(folder)).toEqual(Object.keys(good).sort());
  });
});

/** The same file with one word of its header replaced by another of the same length. */
function edited(bytes: Uint8Array, from: string, to: string): Uint8Array {
  return Buffer.from(Buffer.from(bytes).toString("latin1").replace(from, to), "latin1");
}

describe("the output folder", () => {
  const run = (out: string, ...words: string[]) =>
    muir("run", "synthetic", ...TINY, "--quiet", "--out", out, ...words);

  test("that holds a run is refused; --force overwrites the run and leaves other files", async () => {
    const out = join(temporaryFolder(), "run");
    await run(out, "--seed", "3");
    writeFileSync(join(out, "notes.txt"), "mine");
    expect(oneLine(await run(out))).toBe(
      `--out ${out}: must be a folder without a run; it holds config.json. Choose another, or overwrite it with --force.`,
    );
    expect(readJson(out, "config.json").seed).toBe(3);
    expect((await run(out, "--force", "--method", "stl")).code).toBe(0);
    expect(readJson(out, "summary.json")).toMatchObject({ seed: 1, method: "stl" });
    expect(filesBelow(out)).toContain("notes.txt");
    expect(filesBelow(out)).not.toContain("figures/alignment.svg"); // the former run's
  });

  test("keeps its run when --force comes with something that cannot be used", async () => {
    const out = join(temporaryFolder(), "run");
    await run(out);
    const before = filesBelow(out);
    for (const wrong of [
      ["--set", "groups=1", "--set", "tasksPerGroup=1"],
      ["--data", "no/such"],
    ]) {
      oneLine(await run(out, "--force", ...wrong));
      expect(filesBelow(out)).toEqual(before);
    }
  });

  test("of another program is refused, --force or not", async () => {
    const out = temporaryFolder();
    writeFileSync(join(out, "config.json"), '{ "name": "something else" }');
    mkdirSync(join(out, "figures"));
    expect(oneLine(await run(out))).toContain("it holds config.json");
    expect(oneLine(await run(out, "--force"))).toBe(
      `--out ${out}: must be a folder for runs; its config.json was not written by muir, so --force leaves it. Choose another.`,
    );
    expect(filesBelow(out)).toEqual(["config.json", "figures"]);
  });

  test.each(["run", "compare", "theory"])(
    "of muir %s may not be a file, nor below one",
    async (command) => {
      const file = join(temporaryFolder(), "file");
      writeFileSync(file, "");
      const words = {
        run: ["run", "synthetic", ...TINY],
        compare: ["compare", ...TINY],
        theory: ["theory"],
      }[command]!;
      expect(oneLine(await muir(...words, "--out", file))).toBe(
        `--out ${file}: must be a folder; it is a file. Choose another.`,
      );
      expect(oneLine(await muir(...words, "--out", join(file, "a", "b")))).toBe(
        `--out ${join(file, "a", "b")}: must be a folder; ${file} is a file. Choose another.`,
      );
    },
  );
});
