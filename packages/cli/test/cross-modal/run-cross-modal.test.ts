import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { filesBelow, muir, readJson } from "../muir.js";
import { readSafeTensors } from "../read-safetensors.js";
import { SMALL, smallRun } from "./small-run.js";

describe("muir run cross-modal", () => {
  test("trains three kinds of tasks and writes the whole run", async () => {
    const { out, words } = smallRun();
    const { code, out: printed, err } = await muir(...words);
    expect(err).not.toContain("mistake");
    expect(code).toBe(0);
    const networks = ["deepbind", "lenet", "lstm"].map((task) => `networks/${task}.safetensors`);
    const inCheckpoint = (name: string) => /^checkpoints\/.+\//.test(name);
    expect(filesBelow(out).filter((name) => !inCheckpoint(name))).toEqual(
      [
        ...["alignment.bin", "checkpoints", "config.json", "events.jsonl", "figures"],
        ...["checkpoints/000002-search-end", "checkpoints/000003", "networks"],
        ...[
          "alignment",
          "learning",
          "modules",
          "modules-by-tasks",
          "parameters",
          "sharing",
          "tasks",
        ].map((name) => `figures/${name}.svg`),
        ...[...networks, "report.html", "summary.json"],
      ].sort(),
    );
    expect(printed).toContain("lenet: generated images: 40 images train");
    expect(printed).toMatch(/deepbind {2}test mse [\d.]+ {3}validation [\d.]+/);
    const summary = readJson(out, "summary.json");
    expect(summary).toMatchObject({ experiment: "cross-modal", variant: "tiny", method: "muir" });
    expect(summary).toMatchObject({ generations: 3, steps: 6, testRmse: null });
    for (const task of Object.values(summary.tasks) as { test: number }[]) {
      expect(task.test).toBeGreaterThan(0);
    }
    const page = readFileSync(join(out, "report.html"), "utf8");
    expect(page).toContain(`<data value="${summary.tasks.lenet.test}">`);
  });

  test("writes each task's plain network, of the shapes of its architecture", async () => {
    const { out, words } = smallRun(SMALL, "--tasks", "lenet,lstm");
    await muir(...words);
    const bytes = readFileSync(join(out, "networks/lenet.safetensors"));
    const { tensors, metadata } = readSafeTensors(bytes);
    expect(tensors["conv2.kernel"]!.shape).toEqual([5, 5, 2, 2]);
    expect(metadata["task"]).toBe("lenet");
    const words2 = readSafeTensors(readFileSync(join(out, "networks/lstm.safetensors")));
    expect(Object.keys(words2.tensors)).not.toContain("state/lstm1.hidden"); // streams begin anew
  });

  test("goes on with a metric that is no number: events and summary have null for it", async () => {
    const { lstm } = SMALL.tasks;
    const training = { ...SMALL.training, stepsPerGeneration: 20, learningRate: 1e4 };
    const { out, words } = smallRun({ ...SMALL, method: "stl", tasks: { lstm }, training });
    const ended = await muir(...words);
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.out).toContain("test perplexity Infinity");
    const { tasks } = readJson(out, "summary.json");
    expect(tasks["lstm"]).toMatchObject({ validation: null, test: null });
    const events = readFileSync(join(out, "events.jsonl"), "utf8");
    expect(events).toContain('"validationMetric":[null]');
    expect((await muir("resume", out, "--final-generations", "2", "--quiet")).code).toBe(0);
    expect((await muir("report", out)).code).toBe(0);
  });

  test("gives the same numbers again for the same seed, and others for another", async () => {
    const results = [];
    for (const seed of ["1", "1", "2"]) {
      const { out, words } = smallRun(SMALL, "--seed", seed, "--tasks", "lenet,deepbind");
      await muir(...words);
      const { tasks } = readJson(out, "summary.json");
      results.push(JSON.stringify(tasks));
    }
    expect(results[1]).toBe(results[0]);
    expect(results[2]).not.toBe(results[0]);
  });

  test("stl trains a task as if the others were not there", async () => {
    const runs = [];
    for (const tasks of ["lenet,deepbind", "deepbind"]) {
      const { out, words } = smallRun(SMALL, "--method", "stl", "--tasks", tasks);
      await muir(...words);
      const lines = readFileSync(join(out, "events.jsonl"), "utf8").trim().split("\n");
      runs.push(lines.map((line) => JSON.parse(line).tasks.deepbind.validationLoss));
      expect(readJson(out, "config.json").locations).toBe(0);
    }
    expect(runs[1]).toEqual(runs[0]);
  });
});

describe("muir run cross-modal refuses, before it writes anything,", () => {
  test.each<[string, object, string]>([
    [
      "data that are not what the network is made for",
      { a: { ...SMALL.tasks.lenet, data: { kind: "text" }, architecture: { kind: "lenet" } } },
      "tasks.a: a lenet must have images [height, width, channels]; its data have inputs [35] of 202 symbols. Give it other data or another architecture.",
    ],
    [
      "a metric that is not for such data",
      { lenet: { ...SMALL.tasks.lenet, metric: "rmse" } },
      "tasks.lenet.metric: must be error or perplexity for images; got rmse.",
    ],
    [
      "sequences shorter than filters",
      { deepbind: { ...SMALL.tasks.deepbind, data: { length: 3 } } },
      "tasks.deepbind: deepBind: length must be at least width, or no filter fits; got 3 and 4.",
    ],
    [
      "files that are not there",
      { lstm: { data: { path: "nowhere" } } },
      "nowhere: no such file. Give the path of a file that is there.",
    ],
    [
      "a model that cannot be read",
      {
        a: {
          ...SMALL.tasks.lenet,
          data: { kind: "images" },
          architecture: { kind: "layers-model", path: "no.json" },
        },
      },
      "tasks.a.architecture.path: no.json must be a model.json of a layers model, with its weights beside it; ENOENT: no such file or directory, open 'no.json'",
    ],
  ])("%s", async (_, tasks, message) => {
    const { out, words } = smallRun({ ...SMALL, tasks });
    const { code, err } = await muir(...words);
    expect(err.trimEnd().split("\n").at(-1)).toBe(message);
    expect(code).toBe(2);
    expect(filesBelow(out)).toEqual([]);
  });
});

describe("muir config schema", () => {
  test("prints a JSON Schema of all settings", async () => {
    const { code, out } = await muir("config", "schema");
    expect(code).toBe(0);
    const { properties } = JSON.parse(out);
    expect(Object.keys(properties)).toContain("tasks");
    expect(properties.training.properties.lambda).toMatchObject({ minimum: 1, default: 1 });
    expect(JSON.stringify(properties.tasks)).toContain('"const":"deepbind"');
  });
});
