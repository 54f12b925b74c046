import { type ComparisonRow, comparisonChart, comparisonPage } from "@muir/report";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { figures, pages, widths } from "./run-records.js";
import { expectWellFormed } from "./well-formed.js";

const rows: ComparisonRow[] = [
  { method: "muir", variant: "clean", seeds: [0.5, 1, 1.5], paper: 0 },
  { method: "stl", variant: "clean", seeds: [2, Number.NaN, 2], paper: 1.35 },
  { method: "muir", variant: "noisy", seeds: [3], paper: null },
];

const meta = { experiment: "synthetic", backend: "wasm", generations: 1000 };

const comparisonRows = fc.array(
  fc.record<ComparisonRow>({
    method: fc.constantFrom("muir", "stl", "random", "a method with quite a long name"),
    variant: fc.constantFrom("clean", "noisy"),
    seeds: fc.array(
      fc.oneof(fc.constantFrom(0, Number.NaN), fc.double({ min: 0, max: 1e9, noNaN: true })),
      { maxLength: 10 },
    ),
    paper: fc.option(fc.double({ min: 0, max: 10, noNaN: true })),
  }),
  { minLength: 1, maxLength: 8 },
);

describe("comparisonChart", () => {
  law(
    "is well-formed and never shows a number that is none",
    fc.tuple(comparisonRows, widths),
    ([given, width]) => {
      const svg = comparisonChart(given, { width });
      expectWellFormed(svg);
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    },
    figures,
  );

  law("has a dot for each seed that stayed finite", comparisonRows, (given) => {
    const dots = comparisonChart(given).split("<circle").length - 1;
    expect(dots).toBe(given.flatMap(({ seeds }) => seeds).filter(Number.isFinite).length);
  });

  test("writes mean, standard error and the paper's value", () => {
    const svg = comparisonChart(rows);
    expect(svg).toContain(">1.00 ± 0.29<"); // 0.5 / sqrt(3)
    expect(svg).toContain(">1.35<");
    expect(svg).toContain(">2 of 3 seeds<");
  });

  test("refuses what is no error", () => {
    expect(() => comparisonChart([])).toThrow(
      "comparisonChart: rows must hold at least one method",
    );
    expect(() => comparisonChart([{ ...rows[0]!, seeds: [1, -2] }])).toThrow(
      "comparisonChart: a test RMSE must not be negative; got -2 in seed 1 of muir, clean.",
    );
  });
});

describe("comparisonPage", () => {
  law(
    "is well-formed",
    comparisonRows,
    (given) => {
      const html = comparisonPage(given, meta);
      expectWellFormed(html);
      expect(html).not.toMatch(/NaN|undefined|Infinity/);
    },
    pages,
  );

  test("holds each mean to the last digit, and the command that repeats it", () => {
    const html = comparisonPage(rows, { ...meta, command: "muir compare --seeds 1..3" });
    const { document } = parseHTML(html);
    const means = Array.from(document.querySelectorAll("data")).map((data) =>
      data.getAttribute("value"),
    );
    expect(means.map(Number)).toEqual([1, 2, 3]);
    expect(document.querySelector("pre")?.textContent).toBe("muir compare --seeds 1..3");
  });
});
