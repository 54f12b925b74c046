import { comparisonPage, growthChart, type RunRecord, reportPage } from "@muir/report";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { pages, runRecords } from "./run-records.js";
import { expectWellFormed } from "./well-formed.js";

const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.string({ unit: fc.constantFrom(..."<>&\"'=/ \u0000\ud800x"), maxLength: 12 }),
  fc.constantFrom("<script>alert(1)</script>", "]]>", "&lt;", "__proto__", '" onload="x'),
);

/** What of a text survives: XML cannot hold some characters, and HTML reads \r as \n. */
const shown = (text: string) =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it replaces
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "\ufffd");

/** Value of each tile, by its label. */
function tilesOf(html: string): Map<string, string | undefined> {
  const { document } = parseHTML(html);
  return new Map(
    Array.from(document.querySelectorAll(".tile")).map((tile) => [
      tile.querySelector("dt")!.textContent,
      tile.querySelector("data")?.getAttribute("value") ?? undefined,
    ]),
  );
}

describe("reportPage", () => {
  law(
    "is well-formed and never shows a number that is none",
    runRecords(),
    (record) => {
      const html = reportPage(record);
      expectWellFormed(html);
      expect(html.replaceAll(/base64,[^"]*/g, "")).not.toMatch(/NaN|undefined|Infinity|⚠/);
    },
    pages,
  );

  law(
    "shows the summary's numbers to the last digit",
    runRecords({ ended: true }),
    (record) => {
      const { config } = record;
      const summary = record.summary!;
      const tiles = tilesOf(reportPage(record));
      const expectTile = (label: string, value: number | null) => {
        expect(tiles.has(label), label).toBe(true);
        expect(tiles.get(label) ?? null, label).toBe(value === null ? null : String(value));
      };
      expectTile("Test RMSE", summary.testRmse);
      if (config.locations > 0) expectTile("Hypermodules in use", summary.activeModules);
      if (config.groups !== undefined) {
        expectTile("Grouping accuracy", summary.groupingAccuracy);
        expectTile("Grouped rightly from", summary.convergedAt);
      }
      expectTile("Parameters", summary.parameters);
      expectTile("Generations", summary.generations);
      expectTile("Wall time", summary.wallSeconds);
      expectTile("A step", summary.stepMilliseconds);
    },
    pages,
  );

  law(
    "loads nothing from anywhere",
    runRecords(),
    (record) => {
      const { document } = parseHTML(reportPage(record));
      expect(Array.from(document.querySelectorAll("script, link, iframe, object, img"))).toEqual(
        [],
      );
      for (const image of Array.from(document.querySelectorAll("image"))) {
        expect(image.getAttribute("href")).toMatch(/^data:image\/png;base64,/);
      }
      expect(
        document
          .querySelector('meta[http-equiv="Content-Security-Policy"]')
          ?.getAttribute("content"),
      ).toContain("default-src 'none'");
    },
    pages,
  );

  law(
    "shows any name as text",
    fc.tuple(runRecords({ fewestGenerations: 1 }), hostile),
    ([record, name]) => {
      const generations = record.generations.map((g) => {
        const tasks = Object.fromEntries([[`t${name}`, Object.values(g.tasks)[0] ?? oneTask]]);
        return { ...g, tasks };
      });
      const config = { ...record.config, experiment: name, method: name };
      const html = reportPage({ ...record, config, generations, notes: [name] });
      expectWellFormed(html);
      const { document } = parseHTML(html);
      expect(document.querySelector("script")).toBeNull();
      expect(document.querySelector("h1")!.textContent).toBe(shown(`${name}, clean`));
      expect(document.querySelector(".tasks td")!.textContent.startsWith(shown(`t${name}`))).toBe(
        true,
      );
      expect(document.querySelector(".notes li:last-child")!.textContent).toBe(shown(name));
    },
    pages,
  );

  test("lists each task with its numbers and the hypermodule it uses", () => {
    const { document } = parseHTML(reportPage(twoTasks));
    const rows = Array.from(document.querySelectorAll(".tasks tbody tr")).map((row) =>
      Array.from(row.querySelectorAll("td")).map((cell) => cell.textContent),
    );
    expect(rows).toEqual([
      ["linear[0]", "0.100", "0.300", "0.500", "2"],
      ["linear[1]", "0.200", "0.400", "0.600", "0"],
    ]);
  });

  test("says of a metric that higher is better where it is", () => {
    const headings = (better: "lower" | "higher") => {
      const [generation] = twoTasks.generations;
      const linear = { ...generation!.tasks["linear"]!, better };
      const generations = [{ ...generation!, tasks: { linear } }];
      return reportPage({ ...twoTasks, generations });
    };
    expect(headings("higher")).toContain("validation rmse (higher is better)");
    expect(headings("lower")).not.toContain("is better");
  });

  test("says that a run has no summary, and shows where it stands", () => {
    const html = reportPage(twoTasks);
    expect(html).toContain("There is no summary.json yet");
    expect(tilesOf(html).get("Generations so far")).toBe("1");
    expect(tilesOf(html).get("Validation loss")).toBe("0.7");
  });

  test("says why independent training has no alignment figures", () => {
    const config = { ...twoTasks.config, method: "stl", locations: 0 };
    const html = reportPage({ ...twoTasks, config, alignments: new Int32Array() });
    expect(html).toContain("nothing is shared, so there is no alignment to draw");
    expect(html).not.toContain("<image");
    expect(html).not.toContain("Hypermodules in use");
  });

  test("holds the configuration, long lists cut", () => {
    const groups = Array.from({ length: 61 }, () => 0);
    const config = { ...twoTasks.config, optimizer: { rate: 0.001 }, groups };
    const { document } = parseHTML(
      reportPage({
        ...twoTasks,
        config: { ...config, locations: 61 },
        alignments: new Int32Array(61),
      }),
    );
    const text = document.querySelector("details pre")!.textContent;
    expect(JSON.parse(text)).toMatchObject({ seed: 7, optimizer: { rate: 0.001 } });
    expect(text).toContain("… 61 entries in all");
  });
});

describe("figures and other pages", () => {
  law(
    "show any name as text too",
    hostile,
    (name) => {
      const point = {
        locations: 16,
        parts: 1,
        values: 2,
        runs: 1,
        mean: 9,
        standardError: 1,
        predicted: 4,
      };
      expectWellFormed(growthChart([{ setting: name, ...point }]));
      const rows = [{ method: name, variant: name, seeds: [1], paper: 1 }];
      const html = comparisonPage(rows, {
        experiment: name,
        backend: name,
        generations: 1,
        command: name,
      });
      expectWellFormed(html);
      const { document } = parseHTML(html);
      expect(document.querySelector("script")).toBeNull();
      expect(document.querySelector("pre")!.textContent).toBe(shown(name));
    },
    pages,
  );
});

const oneTask = { metric: "rmse", trainLoss: [1], validationLoss: [1], validationMetric: [1] };

const twoTasks: RunRecord = {
  config: {
    experiment: "synthetic",
    variant: "clean",
    method: "muir",
    seed: 7,
    backend: "wasm",
    locations: 2,
    modules: 3,
    locationNames: ["linear/weight[0] row 0 column 0", "linear/weight[1] row 0 column 0"],
    originalParameters: 40,
  },
  generations: [
    {
      generation: 1,
      phase: "search",
      trainLoss: 0.3,
      validationLoss: 0.7,
      tasks: {
        linear: {
          metric: "rmse",
          trainLoss: [0.1, 0.2],
          validationLoss: [0.3, 0.4],
          validationMetric: [0.5, 0.6],
        },
      },
      activeModules: 2,
      changedLocations: 1,
      parameters: 40,
      best: true,
      stepMilliseconds: 0.5,
    },
  ],
  alignments: Int32Array.of(1, 0, 2, 0),
};
