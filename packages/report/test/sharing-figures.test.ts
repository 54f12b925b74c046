import { modulesByTasksChart, reportPage, sharingChart, taskCurves } from "@muir/report";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { madeUpAlone, madeUpBank, madeUpRun } from "./made-up-run.js";
import { figures, runRecords, widths } from "./run-records.js";
import { expectWellFormed } from "./well-formed.js";

const run = madeUpRun({ size: "small", generations: 6 });
const layers = new Set(run.config.locationNames!.map((name) => name.split("[")[0]!)).size;

describe.each(Object.entries({ modulesByTasksChart, sharingChart }))("%s", (name, chart) => {
  law(
    "is well-formed and never shows a number that is none",
    fc.tuple(runRecords({ fewestLocations: 1 }), widths),
    ([record, width]) => {
      if (record.config.locationNames === undefined) {
        expect(() => chart(record, { width })).toThrow(
          `${name}: the run must have locations and name them; got none. Draw`,
        );
        return;
      }
      const svg = chart(record, { width });
      expectWellFormed(svg);
      expect(svg).not.toMatch(/NaN|undefined|Infinity|⚠/);
      expect(chart(record, { width })).toBe(svg); // and the same each time
    },
    figures,
  );

  test("leaves its heading to a page that has its own", () => {
    expect(chart(run)).toContain("cross-modal · made up · muir · seed 1");
    expect(chart(run, { heading: false })).not.toContain("cross-modal");
  });
});

describe("sharingChart", () => {
  test("has a cell for each two layers, which names them", () => {
    const svg = sharingChart(run);
    const zones = svg.slice(svg.indexOf('muir-zones"'));
    expect(zones.match(/<rect/g)).toHaveLength((layers * (layers + 1)) / 2 + 7); // and the legend's
    expect(zones).toContain("within lenet/fc1<");
    expect(zones).toMatch(/>[\d.]+× lstm\/kernel1 with lenet\/fc1</);
  });
});

describe("modulesByTasksChart", () => {
  test("dashes what is specific, and says how many of each there are at the end", () => {
    const svg = modulesByTasksChart(run);
    expect(svg).toMatch(/>\d+ of lenet \+ lstm</);
    expect(svg.match(/stroke-dasharray="5 3"/g)).toHaveLength(3);
  });
});

describe("taskCurves", () => {
  law(
    "is well-formed with and without runs beside",
    fc.tuple(runRecords(), runRecords(), widths),
    ([record, other, width]) => {
      for (const alone of [[], [other], [other, record]]) {
        const svg = taskCurves(record, { width, alone });
        expectWellFormed(svg);
        expect(svg).not.toMatch(/NaN|undefined|Infinity|⚠/);
      }
    },
    figures,
  );

  test("draws a task's own run dashed, and only where it is of that task and metric", () => {
    const [lenet, ...others] = madeUpAlone(run);
    const dashes = (alone: typeof others) =>
      taskCurves(run, { alone }).match(/stroke-dasharray="4 3"/g)?.length ?? 0;
    expect(dashes([])).toBe(0);
    expect(dashes([lenet!])).toBe(1 + 1); // and the legend's
    expect(dashes([lenet!, ...others])).toBe(3 + 1);
    const generations = lenet!.generations.map((record) => {
      const tasks = { lenet: { ...record.tasks["lenet"]!, metric: "another" } };
      return { ...record, tasks };
    });
    expect(dashes([{ ...lenet!, generations }])).toBe(0);
  });
});

describe("reportPage", () => {
  test("holds the table of generic and specific where a bank is given, with logarithms", () => {
    const page = reportPage(run, { bank: madeUpBank(run, 16) });
    expect(page.match(/<td class="number"><data value="-?[\d.e-]+">/g)).toHaveLength(12);
    expect(reportPage(run)).not.toContain("Generic and specific");
    const other = madeUpRun({ size: "small", generations: 1 });
    const short = { ...madeUpBank(other, 16), alignment: Int32Array.of(0) };
    expect(reportPage(run, { bank: short })).not.toContain("Generic and specific"); // not this run's
  });
});
