import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assertLaw } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { crossModalSchema, PRESETS } from "../../src/cross-modal/cross-modal-config.js";
import type { CrossModalFlags } from "../../src/cross-modal/cross-modal-flags.js";
import { crossModalFrom } from "../../src/cross-modal/cross-modal-from.js";
import { presets } from "../../src/cross-modal/presets.js";
import { UsageError } from "../../src/usage-error.js";
import { temporaryFolder } from "../muir.js";

/** Gives the path of a file with these settings. */
function fileWriter(): (settings: unknown) => string {
  const path = join(temporaryFolder(), "tasks.yaml");
  return (settings) => {
    writeFileSync(path, typeof settings === "string" ? settings : stringify(settings));
    return path;
  };
}

/** The message with which a configuration is refused. */
function refusal(flags: CrossModalFlags): string {
  try {
    crossModalFrom(flags);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).not.toContain("\n");
    return (error as Error).message;
  }
  throw new Error(`${JSON.stringify(flags)} was accepted`);
}

describe("a cross-modal configuration", () => {
  test("is the tiny preset with the paper's three tasks, unless told otherwise", () => {
    const config = crossModalFrom({});
    expect(config).toMatchObject({ preset: "tiny", method: "muir", seed: 1 });
    expect(Object.keys(config.tasks)).toEqual(["lenet", "lstm", "deepbind"]);
    for (const { data } of Object.values(config.tasks)) expect(data.path).toBe(null);
  });

  test("paper is the paper's, section 4.2", () => {
    const { tasks, training } = crossModalFrom({ preset: "paper", tasks: "wrn,lstm,deepbind" });
    expect(training).toMatchObject({ contextSize: 4, block: [16, 16], lambda: 1, burnIn: 2 });
    expect(training).toMatchObject({ stepsPerGeneration: 1000, learningRate: 1e-3, alpha: 0.5 });
    expect(tasks["wrn"]).toMatchObject({ architecture: { depth: 40, width: 1 }, batchSize: 128 });
    expect(tasks["lstm"]).toMatchObject({
      architecture: { layers: 2, units: 256, dropout: 0.2 },
      data: { words: null, time: 35 },
      batchSize: 20,
    });
    expect(tasks["deepbind"]).toMatchObject({
      architecture: { filters: 256, width: 24 },
      data: { length: 201 },
      batchSize: 512,
    });
  });

  test("of every preset and any choice of its tasks is whole, and has these tasks in this order", () => {
    const choice = fc
      .constantFrom(...PRESETS)
      .chain((preset) =>
        fc.tuple(
          fc.constant(preset),
          fc.shuffledSubarray(Object.keys(presets[preset].tasks), { minLength: 1 }),
        ),
      );
    return assertLaw(choice, ([preset, names]) => {
      const config = crossModalFrom({ preset, tasks: names.join(",") });
      expect(Object.keys(config.tasks)).toEqual(names);
      expect(crossModalSchema.parse(config)).toEqual(config); // nothing is left to be filled in
    });
  });

  test("is the same again when it is given as a file", () => {
    const file = fileWriter();
    const given = fc.record({
      preset: fc.constantFrom(...PRESETS),
      seed: fc.nat(99),
      generations: fc.integer({ min: 1, max: 9 }),
    });
    return assertLaw(given, (flags) => {
      const config = crossModalFrom(flags);
      expect(crossModalFrom({ config: file(config) })).toEqual(config);
    });
  });

  test("takes what a file leaves out of a task from the preset's task of that name", () => {
    const config = fileWriter()({
      tasks: { lenet: { architecture: { filters: 4 } }, lstm: { batchSize: 3 } },
      training: { generations: 7 },
    });
    const { tasks, training } = crossModalFrom({ config });
    expect(Object.keys(tasks)).toEqual(["lenet", "lstm"]);
    expect(tasks["lenet"]).toMatchObject({
      architecture: { kind: "lenet", filters: 4, hidden: [32, 32] },
      batchSize: 16,
    });
    expect(tasks["lstm"]).toMatchObject({ batchSize: 3, architecture: { units: 32 } });
    expect(training).toMatchObject({ generations: 7, stepsPerGeneration: 50 });
  });

  test("trains all tasks that a file names, also where these are just the preset's", () => {
    const names = ["lenet", "wrn", "lstm", "transformer", "deepbind"];
    const tasks = Object.fromEntries(names.map((name) => [name, {}]));
    const config = crossModalFrom({ config: fileWriter()({ tasks }) });
    expect(Object.keys(config.tasks)).toEqual(names);
    // as a comparison hands it to its runs: whole, in a file
    expect(crossModalFrom({ config: fileWriter()(config) })).toEqual(config);
  });

  test("takes a long file of JSON, which a comparison writes with all defaults", () => {
    const task = { architecture: { kind: "deepbind" }, data: { kind: "sequences" }, batchSize: 8 };
    const tasks = Object.fromEntries(Array.from({ length: 70 }, (_, i) => [`task${i}`, task]));
    const config = crossModalFrom({ config: fileWriter()({ tasks }) });
    const path = join(temporaryFolder(), "all.json");
    writeFileSync(path, JSON.stringify(config));
    expect(readFileSync(path, "utf8").length).toBeGreaterThan(2 ** 14);
    expect(crossModalFrom({ config: path })).toEqual(config);
    writeFileSync(path, `${JSON.stringify(config).slice(0, -1)},"__proto__":{"seed":2}}`);
    expect(refusal({ config: path })).toContain("must be JSON; got: A key that no setting has");
    writeFileSync(path, JSON.stringify(config).slice(0, -1));
    expect(refusal({ config: path })).toMatch(/all\.json: must be JSON; got: .*JSON/);
  });

  test("takes tasks of any name, and another architecture of another kind whole", () => {
    const config = fileWriter()({
      tasks: {
        photos: {
          architecture: { kind: "wide-resnet", depth: 10 },
          data: { kind: "images", path: "photos" },
          batchSize: 8,
        },
        lstm: { architecture: { kind: "transformer", width: 16 } },
      },
    });
    const { tasks } = crossModalFrom({ config });
    expect(tasks["photos"]).toMatchObject({ architecture: { depth: 10, width: 1 }, weight: 1 });
    expect(tasks["lstm"]!.architecture).toMatchObject({ kind: "transformer", width: 16, heads: 4 });
  });

  test("takes flags last: for tasks, data, any setting, seed and method", () => {
    const config = fileWriter()({ seed: 3, tasks: { a: presets.tiny.tasks["lenet"] } });
    const flags = { config, seed: 4, method: "stl", generations: 2 };
    const found = crossModalFrom({
      ...flags,
      "data.cifar10": "images",
      set: ["tasks.a.weight=0.5", "lambda=3", "training.block=[8, 4]"],
    });
    expect(found).toMatchObject({ seed: 4, method: "stl" });
    expect(found.tasks["a"]).toMatchObject({ weight: 0.5, data: { path: "images" } });
    expect(found.training).toMatchObject({ generations: 2, lambda: 3, block: [8, 4] });
    expect(crossModalFrom(flags, { seed: 9, method: "muir" })).toMatchObject({
      seed: 9,
      method: "muir",
    });
  });
});

test("another kind of network or data by --set begins anew, without what the preset says", () => {
  const set = [
    "tasks.lenet.architecture.kind=wide-resnet",
    "tasks.lenet.architecture.depth=16",
    "tasks.lstm.data.kind=sequences",
  ];
  const { tasks } = crossModalFrom({ set });
  expect(tasks["lenet"]!.architecture).toEqual({
    kind: "wide-resnet",
    depth: 16,
    width: 1,
    filters: 16,
  });
  expect(tasks["lstm"]!.data).toMatchObject({ kind: "sequences", path: null, length: null });
});

test("data given for all tasks of a comparison are no mistake in a run of one of them", () => {
  const flags = { "data.crispr": "a.tsv", "data.cifar10": "images" };
  const { tasks } = crossModalFrom(flags, { tasks: "deepbind" });
  expect(Object.keys(tasks)).toEqual(["deepbind"]);
  expect(tasks["deepbind"]!.data.path).toBe("a.tsv");
});

describe("a wrong cross-modal configuration", () => {
  test.each<[CrossModalFlags, string]>([
    [{ preset: "huge" }, '--preset: must be one of tiny, brief, small, paper; got "huge".'],
    [
      { tasks: "lenet,lsmt" },
      '--tasks: must be among lenet, wrn, lstm, transformer, deepbind; got "lsmt"; did you mean "lstm"?',
    ],
    [
      { tasks: "lenet", "data.crispr": "a.tsv" },
      "--data.crispr: must go with a task that learns from sequences; got lenet. Leave it away, or add such a task.",
    ],
    [
      { set: ["tasks.lenet.batchSize=0"] },
      "--set tasks.lenet.batchSize: must be at least 1; got 0.",
    ],
    [
      { set: ["tasks.lenet.architecture.kind=le-net"] },
      '--set tasks.lenet.architecture.kind: must be one of lenet, wide-resnet, stacked-lstm, transformer, deepbind, layers-model; got "le-net"; did you mean "lenet"?',
    ],
    [
      { set: ["tasks.lenet.architecture.units=3"] },
      "--set tasks.lenet.architecture.units: must be a known setting; `muir config schema` lists all.",
    ],
    [{ set: ["training.block=[16]"] }, "--set training.block: must be a list of 2; got [16]."],
    [{ set: ["training.alpha=1"] }, "--set training.alpha: must be below 1; got 1."],
    [
      { set: ["generation=1"] },
      '--set generation: "generation" must be a known setting; did you mean "training.generations"?',
    ],
    [{ generations: 0 }, "--generations: must be at least 1; got 0."],
  ])("%j", (flags, message) => {
    expect(refusal(flags)).toBe(message);
  });

  test.each<[unknown, string]>([
    [{ tasks: {} }, '"tasks" must be at least one task; got {}.'],
    [{ tasks: { lenet: { batch: 3 } } }, '"tasks.lenet.batch" must be a known setting'],
    [{ tasks: { mine: { batchSize: 3 } } }, '"tasks.mine.architecture" must be a map of settings'],
    [{ tasks: { "a/b": presets.tiny.tasks["lenet"] } }, "a name of letters, digits, - and _"],
    [{ tasks: 3 }, '"tasks" must be a map of settings; got 3.'],
    [{ training: { lambda: 0 } }, '"training.lambda" must be at least 1; got 0.'],
    ["- 1", 'must be a map of settings, such as "variant: noisy"; got [1].'],
  ])("in a file: %j", (settings, message) => {
    const config = fileWriter()(settings);
    const refused = refusal({ config });
    expect(refused).toContain(message);
    expect(refused).toContain(config);
  });
});
