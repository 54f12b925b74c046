import { type GrowthRecord, growthChart, growthPage } from "@muir/report";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { figures, pages, widths } from "./run-records.js";
import { expectWellFormed } from "./well-formed.js";

const point: GrowthRecord = {
  setting: "D = 1",
  locations: 16,
  parts: 1,
  values: 4,
  runs: 20,
  mean: 100,
  standardError: 5,
  predicted: 64,
};

const growthRecords = fc.array(
  fc.record<GrowthRecord>({
    setting: fc.constantFrom("D = 1", "D = L", "D = L, disjoint start, proportional sampling"),
    locations: fc.integer({ min: 1, max: 2 ** 20 }),
    parts: fc.integer({ min: 1, max: 100 }),
    values: fc.integer({ min: 2, max: 100 }),
    runs: fc.integer({ min: 1, max: 100 }),
    mean: fc.double({ min: 0.5, max: 1e9, noNaN: true }),
    standardError: fc.oneof(fc.constant(Number.NaN), fc.double({ min: 0, max: 1e9, noNaN: true })),
    predicted: fc.oneof(fc.constant(0), fc.double({ min: 0.1, max: 1e12, noNaN: true })),
  }),
  { minLength: 1, maxLength: 12 },
);

describe("growthChart", () => {
  law(
    "is well-formed and never shows a number that is none",
    fc.tuple(growthRecords, widths),
    ([records, width]) => {
      const svg = growthChart(records, { width });
      expectWellFormed(svg);
      expect(svg).not.toMatch(/NaN|undefined|Infinity|⚠/);
    },
    figures,
  );

  law(
    "keeps labels that end at one place apart",
    fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 6 }),
    (means) => {
      const svg = growthChart(means.map((mean, i) => ({ ...point, mean, setting: `s${i}` })));
      const { document } = parseHTML(svg);
      const heights = Array.from(document.querySelectorAll("text"))
        .filter(({ textContent }) => /^s\d$/.test(textContent))
        .map((text) => Number(/,(-?[\d.]+)\)/.exec(text.getAttribute("transform")!)![1]))
        .sort((a, b) => a - b);
      expect(heights.length).toBe(means.length);
      heights.slice(1).forEach((height, i) => {
        expect(height - heights[i]!).toBeGreaterThan(14);
      });
    },
    figures,
  );

  test("puts the theory through the dots", () => {
    const page = growthPage([point, { ...point, locations: 64, mean: 600, predicted: 384 }]);
    const { document } = parseHTML(page);
    const cells = Array.from(document.querySelectorAll("td")).map((cell) => cell.textContent);
    expect(cells.filter((_, i) => i % 8 === 7)).toEqual(["1", "1"]); // measured over fitted
    expect(cells).toContain("100.0 ± 5.0");
  });

  test("refuses what a logarithmic axis cannot show", () => {
    expect(() => growthChart([])).toThrow("growthChart: records must hold at least one point");
    expect(() => growthChart([point, { ...point, mean: 0 }])).toThrow(
      "growthChart: locations and mean must be positive numbers; got 16 and 0 in record 1.",
    );
  });
});

describe("growthPage", () => {
  law(
    "is well-formed",
    growthRecords,
    (records) => {
      const html = growthPage(records);
      expectWellFormed(html);
      expect(html).not.toMatch(/NaN|undefined|Infinity/);
    },
    pages,
  );
});
