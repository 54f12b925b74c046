import { formatCount, formatMeanAndError, formatNumber } from "./format-number.js";
import { growthChart } from "./growth-chart.js";
import { type GrowthRecord, growthSeries } from "./growth-record.js";
import { markup } from "./markup.js";
import { figureSection, page } from "./page.js";

/**
 * Measured against predicted growth as one HTML document that needs nothing else: the chart of
 * {@link growthChart} and a table of every point.
 *
 * @throws {RangeError} what {@link growthChart} throws.
 * @example
 * ```ts
 * await writeFile("theory.html", growthPage(records));
 * ```
 */
export function growthPage(records: readonly GrowthRecord[]): string {
  const series = growthSeries(records);
  const rows = series.flatMap(({ points, factor }) =>
    points.map((point) => ({ ...point, fitted: point.predicted * factor })),
  );
  const sizes = [...new Set(records.map(({ locations }) => locations))].sort((a, b) => a - b);
  return page({
    title: "Measured and predicted growth",
    eyebrow: "muir theory",
    facts: [
      ["settings", String(series.length)],
      ["locations", `${sizes[0] ?? 0} to ${formatCount(sizes.at(-1) ?? 0)}`],
    ],
    body: markup`${figureSection({
      title: "Iterations until the optimum",
      caption:
        "Look for dots that follow their dashed line: then the search grows as the theory says, with one constant factor for each setting.",
      draw: (width) => growthChart(records, { width, heading: false }),
    })}
<section><h2>Every point</h2><p class="caption">L locations, D parts with a fitness each, K values; the ratio is measured over fitted.</p><div class="card scroll"><table><thead><tr><th>setting</th><th class="number">L</th><th class="number spare">D</th><th class="number spare">K</th><th class="number spare">runs</th><th class="number">measured</th><th class="number">predicted, fitted</th><th class="number">ratio</th></tr></thead><tbody>${rows.map(
      (row) =>
        markup`<tr><td>${row.setting}</td><td class="number">${formatCount(row.locations)}</td>${[
          row.parts,
          row.values,
          row.runs,
        ].map(
          (count) => markup`<td class="number spare">${formatCount(count)}</td>`,
        )}<td class="number">${formatMeanAndError(row.mean, row.standardError)}</td><td class="number">${formatNumber(row.fitted)}</td><td class="number">${formatNumber(row.mean / row.fitted)}</td></tr>`,
    )}</tbody></table></div></section>`,
  });
}
