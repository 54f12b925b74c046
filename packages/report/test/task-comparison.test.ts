import { createRandom } from "@muir/random";
import {
  pairedDifference,
  type TaskComparisonRow,
  taskComparisonChart,
  taskComparisonPage,
} from "@muir/report";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { figures, pages, widths } from "./run-records.js";
import { expectWellFormed } from "./well-formed.js";

const meta = { experiment: "cross-modal", backend: "wasm", generations: 24 };

/** A row whose difference is to `alone`; without it, the row alone. */
function row(trained: string, values: readonly number[], alone?: readonly number[]) {
  const options = { random: createRandom(1), resamples: 200 };
  return {
    ...{ task: "lenet", trained, metric: "error %", better: "lower", best: false, values },
    difference: alone === undefined ? null : pairedDifference(values, alone, options),
    ...{ trainedParameters: 1234, parameters: 1200, wallSeconds: 61 },
  } satisfies TaskComparisonRow;
}

const rows: readonly TaskComparisonRow[] = [
  row("alone", [40, 41, 42]),
  { ...row("muir, with lstm", [38, 38.5, 40.5], [40, 41, 42]), best: true },
  row("classical sharing", [44, Number.NaN, 45], [40, 41, 42]),
];

const anyValue = fc.oneof(
  fc.constantFrom(0, Number.NaN),
  fc.double({ min: -1e9, max: 1e9, noNaN: true }),
);
const anyRows = fc
  .tuple(
    fc.constantFrom("lenet", "a <task>"),
    fc.integer({ min: 1, max: 5 }).chain((seeds) =>
      fc.array(fc.array(anyValue, { minLength: seeds, maxLength: seeds }), {
        minLength: 1,
        maxLength: 4,
      }),
    ),
    fc.boolean(),
  )
  .map(([task, ways, isCompared]) =>
    ways.map((values, i) => ({
      ...row(`way ${i}`, values, i > 0 && isCompared ? ways[0] : undefined),
      task,
    })),
  );

describe("taskComparisonChart", () => {
  law(
    "is well-formed and never shows a number that is none",
    fc.tuple(anyRows, widths),
    ([given, width]) => {
      const svg = taskComparisonChart(given, { width });
      expectWellFormed(svg);
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    },
    figures,
  );

  law(
    "has a dot for each seed that ended",
    anyRows,
    (given) => {
      const dots = taskComparisonChart(given).split("<circle").length - 1;
      expect(dots).toBe(given.flatMap(({ values }) => values).filter(Number.isFinite).length);
    },
    figures,
  );

  test("draws alone as the line, and each interval from it", () => {
    const svg = taskComparisonChart(rows);
    expect(svg.split("stroke-dasharray").length - 1).toBe(1);
    expect(svg.split('stroke-width="9"').length - 1).toBe(2);
    expect(svg).toContain(">41.00 ± 0.58<");
    expect(svg).toContain(">2 of 3 seeds<");
  });

  test("has no line where nothing was compared with alone", () => {
    expect(taskComparisonChart([row("muir", [1, 2])])).not.toContain("stroke-dasharray");
    expect(() => taskComparisonChart([])).toThrow("rows must hold at least one way; got none.");
  });
});

describe("taskComparisonPage", () => {
  law(
    "is well-formed",
    anyRows,
    (given) => {
      const html = taskComparisonPage(given, meta);
      expectWellFormed(html);
      expect(html).not.toMatch(/NaN|undefined|Infinity/);
    },
    pages,
  );

  test("holds each mean to the last digit, the best in bold, and the command", () => {
    const html = taskComparisonPage(rows, { ...meta, command: "muir compare table3" });
    const { document } = parseHTML(html);
    const means = Array.from(document.querySelectorAll("data"), (data) =>
      Number(data.getAttribute("value")),
    );
    expect(means.map((mean) => mean.toFixed(6))).toEqual(["41.000000", "39.000000", "44.500000"]);
    expect(document.querySelector("td b")?.textContent).toBe("39.00 ± 0.76");
    expect(document.querySelector("pre")?.textContent).toBe("muir compare table3");
  });
});
