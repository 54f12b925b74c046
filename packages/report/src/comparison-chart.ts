import { comparisonGrid, comparisonLayout, comparisonLine } from "./comparison-line.js";
import type { ComparisonRow } from "./comparison-row.js";
import { checkWidth, type FigureOptions, frameFigure } from "./figure-frame.js";
import { formatNumber } from "./format-number.js";
import { groupBy } from "./group-by.js";
import { type Markup, markup } from "./markup.js";
import { meanAndError } from "./statistics/mean-and-error.js";
import { fitText } from "./text-width.js";

/**
 * Methods against each other: a line for each method, grouped by variant, all on one axis from
 * zero. Dots are the seeds, the bar their mean with its standard error, the triangle above
 * the paper's value; the numbers stand beside.
 *
 * @returns a standalone SVG document.
 * @throws {RangeError} if there are no rows, a seed's RMSE is negative, or the width is under 240.
 * @example
 * ```ts
 * comparisonChart([
 *   { method: "muir", variant: "clean", seeds: [0.004, 0.005], paper: 0 },
 *   { method: "stl", variant: "clean", seeds: [1.34, 1.37], paper: 1.35 },
 * ]); // "<svg …"
 * ```
 */
export function comparisonChart(
  rows: readonly ComparisonRow[],
  options: FigureOptions = {},
): string {
  const { heading = true } = options;
  const width = checkWidth("comparisonChart", options.width ?? 760);
  checkRows(rows);
  const layout = comparisonLayout(rows, width);
  let y = 30;
  const lines: Markup[] = [];
  for (const [variant, members] of groupBy(rows, (row) => row.variant)) {
    lines.push(
      markup`<text x="16" y="${y + 14}" text-anchor="start" font-weight="650">${fitText(variant, { width: layout.left, fontSize: 12 })}</text>`,
    );
    y += 24;
    for (const row of members) {
      lines.push(comparisonLine(row, { y: y + rowHeight / 2, layout }));
      y += rowHeight;
    }
    y += 12;
  }
  const drawing = markup`${comparisonGrid(layout, y - 6)}${lines}`;
  return frameFigure(drawing, {
    width,
    height: y + 36,
    heading,
    title: "Test error of each method",
    subtitle: layout.wide
      ? "dots: seeds; bar: their mean and its standard error; triangle: the paper's value"
      : "dots: seeds; bar: mean; triangle: paper",
    description: rows
      .map(
        ({ method, variant, seeds }) =>
          `${method}, ${variant}: ${formatNumber(meanAndError(seeds).mean)}.`,
      )
      .join(" "),
  });
}

function checkRows(rows: readonly ComparisonRow[]): void {
  if (rows.length === 0) {
    throw new RangeError("comparisonChart: rows must hold at least one method; got none.");
  }
  for (const { method, variant, seeds } of rows) {
    const bad = seeds.findIndex((seed) => seed < 0);
    if (bad >= 0) {
      throw new RangeError(
        `comparisonChart: a test RMSE must not be negative; got ${seeds[bad]} in seed ${bad} of ${method}, ${variant}.`,
      );
    }
  }
}

const rowHeight = 30;
