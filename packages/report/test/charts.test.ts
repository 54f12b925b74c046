import { activeModulesChart, learningCurves, parametersChart, type RunRecord } from "@muir/report";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { figures, runRecords, widths } from "./run-records.js";
import { expectWellFormed } from "./well-formed.js";

const charts = { activeModulesChart, learningCurves, parametersChart };

const run: RunRecord = {
  config: {
    experiment: "synthetic",
    variant: "clean",
    method: "muir",
    seed: 7,
    locations: 2,
    modules: 2,
    groups: [0, 0],
    originalParameters: 1200,
  },
  generations: [1, 2, 3, 4].map((generation) => ({
    generation,
    phase: generation === 4 ? "final" : "search",
    trainLoss: 2 * 0.01 ** generation,
    validationLoss: 2 * 0.1 ** generation,
    tasks: {
      linear: {
        metric: "rmse",
        trainLoss: [0.01 ** generation, 0.01 ** generation],
        validationLoss: [0.1 ** generation, 0.1 ** generation],
        validationMetric: [1, 1],
      },
    },
    activeModules: generation > 1 ? 1 : 2,
    changedLocations: generation === 2 ? 1 : 0,
    parameters: 300,
    best: generation < 4,
    stepMilliseconds: 0.5,
  })),
  alignments: new Int32Array(10),
};

describe.each(Object.entries(charts))("%s", (name, chart) => {
  law(
    "is well-formed and never shows a number that is none",
    fc.tuple(runRecords(), widths),
    ([record, width]) => {
      const svg = chart(record, { width });
      expectWellFormed(svg);
      expect(svg).not.toMatch(/NaN|undefined|Infinity|⚠/);
      expect(svg).toMatch(new RegExp(`width="${width}" height="\\d+" viewBox="0 0 ${width} \\d+"`));
      expect(chart(record, { width })).toBe(svg); // and the same each time
    },
    figures,
  );

  test("leaves its heading to a page that has its own", () => {
    expect(chart(run)).toContain("synthetic · clean · muir · seed 7");
    expect(chart(run, { heading: false })).not.toContain("synthetic");
  });

  test("says that nothing has happened yet", () => {
    expect(chart({ ...run, generations: [] })).toContain("No generation has ended yet.");
  });

  test("refuses a width that nothing fits into", () => {
    expect(() => chart(run, { width: Number.NaN })).toThrow(
      `${name}: width must be a finite number of at least 240 pixels; got NaN.`,
    );
  });
});

describe("learningCurves", () => {
  law(
    "draws a point for each loss that is a number, zero too",
    runRecords({ fewestGenerations: 2 }),
    (record) => {
      const svg = learningCurves(record);
      const bold = [...svg.matchAll(/stroke-width="2"[^>]*><path d="([^"]*)"/g)];
      const points = bold.flatMap(([, path]) => path!.match(/[ML]-?[\d.]+,-?[\d.]+/g) ?? []);
      const losses = record.generations.flatMap((g) => [g.trainLoss, g.validationLoss]);
      expect(points.length).toBe(losses.filter(Number.isFinite).length);
    },
    figures,
  );

  test("marks the best generation and where final training begins", () => {
    const svg = learningCurves(run);
    expect(svg).toContain(">best: 0.00100, generation 3<");
    expect(svg).toContain(">final training<");
    for (const tick of ["0.1", "0.001", "10⁻⁴"]) expect(svg).toContain(`>${tick}<`);
  });

  test("draws a loss of zero on a tick of its own", () => {
    const generations = run.generations.map((g) => ({ ...g, trainLoss: 0 }));
    expect(learningCurves(run)).not.toContain(">0<");
    expect(learningCurves({ ...run, generations })).toContain(">0<");
  });

  test("is linear under a decade, and where a loss is negative", () => {
    const flat = run.generations.map((g) => ({ ...g, tasks: {}, trainLoss: 4, validationLoss: 5 }));
    expect(learningCurves({ ...run, generations: flat })).toContain(">2<");
    const negative = flat.map((g) => ({ ...g, trainLoss: -1000 }));
    expect(learningCurves({ ...run, generations: negative })).toContain(">-1,000<");
  });

  test("has a thin line for each of two to sixty tasks", () => {
    const lines = (tasks: number) => {
      const losses = Array.from({ length: tasks }, (_, i) => 1 + i);
      const task = {
        metric: "rmse",
        trainLoss: losses,
        validationLoss: losses,
        validationMetric: losses,
      };
      const generations = run.generations.map((g) => ({ ...g, tasks: { linear: task } }));
      return learningCurves({ ...run, generations }).split("<path d=").length;
    };
    expect(lines(60) - lines(61)).toBe(60);
    expect(lines(2) - lines(1)).toBe(2);
  });
});

describe("activeModulesChart", () => {
  test("shows the number at the end and the true groups", () => {
    const svg = activeModulesChart(run);
    expect(svg).toContain(">1 true group<");
    expect(svg).toMatch(/font-weight="650"[^>]*><text[^>]*>1</);
  });
});

describe("parametersChart", () => {
  test("shows what is left of the original number", () => {
    const svg = parametersChart(run);
    expect(svg).toContain(">300 (25%)<");
    expect(svg).toContain(">original 1,200<");
  });
});
