import { type RunRecord, readRun } from "@muir/report";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runFiles, withFolder } from "./run-folder.js";
import { runRecords } from "./run-records.js";

const config = {
  experiment: "synthetic",
  variant: "clean",
  method: "muir",
  seed: 7,
  locations: 2,
  modules: 2,
  originalParameters: 40,
};
const generation = {
  generation: 1,
  phase: "search",
  trainLoss: 0.5,
  validationLoss: null,
  tasks: { a: { metric: "rmse", trainLoss: [1], validationLoss: [null], validationMetric: [2] } },
  activeModules: 2,
  changedLocations: 0,
  parameters: 40,
  best: true,
  stepMilliseconds: 0.5,
};
const whole = {
  "config.json": JSON.stringify(config),
  "events.jsonl": `${JSON.stringify(generation)}\n`,
  "alignment.bin": new Uint8Array(Int32Array.of(0, 1, 0, 1).buffer),
};
const line = (change: object) => `${JSON.stringify({ ...generation, ...change })}\n`;

describe("readRun", () => {
  test("reads a run that is going on; a loss that JSON could not hold is NaN", async () => {
    const record = await withFolder(whole, readRun);
    expect(record.config).toEqual(config);
    expect(record.generations).toEqual([
      {
        ...generation,
        validationLoss: Number.NaN,
        tasks: { a: { ...generation.tasks.a, validationLoss: [Number.NaN] } },
      },
    ]);
    expect([...record.alignments]).toEqual([0, 1, 0, 1]);
    expect(record.summary).toBeUndefined();
    expect(record.notes).toBeUndefined();
  });

  test("keeps settings it does not know, for the page to show", async () => {
    const text = JSON.stringify({ ...config, optimizer: { name: "adam" } });
    const record = await withFolder({ ...whole, "config.json": text }, readRun);
    expect(record.config).toMatchObject({ optimizer: { name: "adam" } });
  });

  test("reads a run whose first generation has not ended", async () => {
    const record = await withFolder({ ...whole, "events.jsonl": undefined }, readRun);
    expect(record.generations).toEqual([]);
    expect(record.notes).toEqual(["There is no events.jsonl yet: no generation has ended."]);
  });

  law("gives back what was written", runRecords(), async (record) => {
    expect(await withFolder(runFiles(record), readRun)).toEqual(record);
  });

  law(
    "reads what is whole of a file that a crash cut anywhere",
    fc.tuple(runRecords({ fewestLocations: 1 }), fc.nat(), fc.nat()),
    async ([record, eventsCut, rowsCut]) => {
      const files = runFiles(record) as Record<string, string>;
      const text = files["events.jsonl"]!;
      const cut = text.slice(0, eventsCut % (text.length + 1));
      const bytes = (files["alignment.bin"] as unknown as Uint8Array).length;
      const row = 4 * record.config.locations;
      const kept = row + (rowsCut % (bytes - row + 1)); // at least the first row
      const read: RunRecord = await withFolder(
        {
          ...files,
          "events.jsonl": cut,
          "alignment.bin": (files["alignment.bin"] as unknown as Uint8Array).slice(0, kept),
        },
        readRun,
      );
      // a line that lacks no more than its newline is whole
      const lines = cut
        .split("\n")
        .filter((part) => part.endsWith("}") && text.includes(`${part}\n`));
      expect(read.generations).toEqual(record.generations.slice(0, lines.length));
      expect(read.alignments).toEqual(
        record.alignments.slice(0, Math.floor(kept / row) * record.config.locations),
      );
      const wholeText = lines.map((part) => `${part}\n`).join("");
      const cuts = Number(cut !== wholeText && `${cut}\n` !== wholeText) + Number(kept % row !== 0);
      expect(read.notes?.length ?? 0).toBe(cuts);
    },
  );

  test.each([
    [
      "a folder that is no run",
      { "config.json": undefined },
      /^readRun: a run's folder must hold a config\.json; got none in .*\. Give a folder that `muir run` wrote\.$/,
    ],
    [
      "a config that is no JSON",
      { "config.json": "{" },
      /^readRun: in .*: config\.json must be a JSON object; got .*\. Restore the file, or run again\.$/,
    ],
    [
      "a config of several lines",
      { "config.json": "no\nJSON" },
      /config\.json must be a JSON object; got/,
    ],
    [
      "a config that is a list",
      { "config.json": "[]" },
      /config\.json must be an object; got \[\]/,
    ],
    [
      "a missing setting",
      { "config.json": JSON.stringify({ ...config, seed: undefined }) },
      /config\.json: "seed" must be a whole number of at least 0; got nothing\./,
    ],
    [
      "groups of another length",
      { "config.json": JSON.stringify({ ...config, groups: [1] }) },
      /"groups" must have one entry for each of 2 locations; got 1\./,
    ],
    [
      "names that are none",
      { "config.json": JSON.stringify({ ...config, locationNames: [1, 2] }) },
      /"locationNames" must be a list of strings or be left out; got \[1,2\]\./,
    ],
    [
      "a bad line in the middle",
      { "events.jsonl": `${line({})}{"gener\n${line({})}` },
      /events\.jsonl, line 2 must be a JSON object; got/,
    ],
    [
      "a bad last line that ends as it should",
      { "events.jsonl": `${line({})}{"gener\n` },
      /events\.jsonl, line 2 must be a JSON object; got/,
    ],
    [
      "a whole last line with a wrong field",
      { "events.jsonl": line({ best: 1 }).trim() },
      /events\.jsonl, line 1: "best" must be true or false; got 1\./,
    ],
    [
      "a generation that is missing",
      { "events.jsonl": line({ generation: 2 }) },
      /line 1: "generation" must be 1, since each line is one generation; got 2\./,
    ],
    [
      "a metric that is better neither way",
      { "events.jsonl": line({ tasks: { a: { ...generation.tasks.a, better: "more" } } }) },
      /task "a": "better" must be lower or higher; got "more"\./,
    ],
    [
      "a phase nobody knows",
      { "events.jsonl": line({ phase: "rest" }) },
      /line 1: "phase" must be burn-in, search or final; got "rest"\./,
    ],
    [
      "a loss that is text",
      { "events.jsonl": line({ trainLoss: "low" }) },
      /line 1: "trainLoss" must be a number; got "low"\./,
    ],
    [
      "a task with lists of two lengths",
      { "events.jsonl": line({ tasks: { a: { ...generation.tasks.a, trainLoss: [] } } }) },
      /line 1, task "a": "trainLoss" must have 1 entries like "validationLoss"; got \[\]\./,
    ],
    [
      "a task's loss that is text",
      { "events.jsonl": line({ tasks: { a: { ...generation.tasks.a, trainLoss: ["x"] } } }) },
      /line 1, task "a", trainLoss: "0" must be a number; got "x"\./,
    ],
    [
      "no alignment",
      { "alignment.bin": undefined },
      /the folder of a run with 2 locations must hold an alignment\.bin; got none\./,
    ],
    [
      "less than one alignment",
      { "alignment.bin": new Uint8Array(7) },
      /alignment\.bin must hold at least one row of 8 bytes, 4 for each of 2 locations; got 7 bytes\./,
    ],
    [
      "a hypermodule there is not",
      { "alignment.bin": new Uint8Array(Int32Array.of(0, 1, 0, 2).buffer) },
      /alignment\.bin must hold hypermodules 0 to 1; got 2 at byte 12 \(generation 1, location 1\)\./,
    ],
    [
      "a summary that lacks a number",
      { "summary.json": "{}" },
      /summary\.json: "experiment" must be a string; got nothing\./,
    ],
  ])("refuses %s", async (_, change, message) => {
    const thrown = await withFolder({ ...whole, ...change }, (folder) =>
      readRun(folder).then(
        () => "nothing thrown",
        (error: Error) => error.message,
      ),
    );
    expect(thrown).toMatch(message);
    expect(thrown).not.toContain("\n");
  });

  test("refuses alignments of a run without locations", async () => {
    const text = JSON.stringify({ ...config, locations: 0 });
    await expect(withFolder({ ...whole, "config.json": text }, readRun)).rejects.toThrow(
      "alignment.bin must hold nothing, as the run has no locations; got 16 bytes.",
    );
  });
});
