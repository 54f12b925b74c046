import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { reportPage, writeReport } from "@muir/report";
import { law } from "@muir/test-kit";
import { describe, expect, test } from "vitest";
import { madeUpAlone, madeUpRun } from "./made-up-run.js";
import { runFiles, withFolder } from "./run-folder.js";
import { pages, runRecords } from "./run-records.js";
import { expectWellFormed } from "./well-formed.js";

describe("writeReport", () => {
  law(
    "writes the page and the figures it names, and nothing else",
    runRecords(),
    (record) =>
      withFolder(runFiles(record), async (folder) => {
        const { page, figures } = await writeReport(folder);
        expect(page).toBe(join(folder, "report.html"));
        expect(await readFile(page, "utf8")).toBe(reportPage(record));
        for (const path of figures) expectWellFormed(await readFile(path, "utf8"));
        const names = await readdir(join(folder, "figures"));
        expect(figures.toSorted()).toEqual(names.map((name) => join(folder, "figures", name)));
        expect(names.includes("alignment.svg")).toBe(record.config.locations > 0);
        const added = (await readdir(folder)).filter((name) => !(name in runFiles(record)));
        expect(added.sort()).toEqual(["figures", "report.html"]);
      }),
    pages,
  );

  test("replaces an old report", async () => {
    const config = {
      experiment: "e",
      variant: "v",
      method: "stl",
      seed: 1,
      locations: 0,
      modules: 0,
      originalParameters: 1,
    };
    const files = runFiles({ config, generations: [], alignments: new Int32Array() });
    await withFolder({ ...files, "report.html": "old" }, async (folder) => {
      const { page } = await writeReport(folder);
      expect(await readFile(page, "utf8")).toContain("<h1>e, v</h1>");
    });
  });

  test("refuses a run alone that has no task of the run, and writes nothing", async () => {
    const run = madeUpRun({ size: "small", generations: 2 });
    const [alone] = madeUpAlone(run);
    const other = {
      ...alone!,
      generations: alone!.generations.map((generation) => ({
        ...generation,
        tasks: { other: Object.values(generation.tasks)[0]! },
      })),
    };
    await withFolder(runFiles(run), (folder) =>
      withFolder(runFiles(other), async (beside) => {
        await expect(writeReport(folder, { alone: [beside] })).rejects.toThrow(
          `readRun: ${beside} must train a task of ${folder} alone, one of `,
        );
        expect((await readdir(folder)).includes("report.html")).toBe(false);
      }),
    );
  });

  test("writes nothing where the folder is no run", async () => {
    await withFolder({}, async (folder) => {
      await writeFile(join(folder, "notes.txt"), "mine");
      await expect(writeReport(folder)).rejects.toThrow("a run's folder must hold a config.json");
      expect(await readdir(folder)).toEqual(["notes.txt"]);
    });
  });
});
