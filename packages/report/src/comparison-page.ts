import { comparisonChart } from "./comparison-chart.js";
import type { ComparisonMeta, ComparisonRow } from "./comparison-row.js";
import { formatCount, formatMeanAndError, formatNumber, formatPrinted } from "./format-number.js";
import { markup } from "./markup.js";
import { figureSection, page } from "./page.js";
import { meanAndError } from "./statistics/mean-and-error.js";

/**
 * A comparison of methods as one HTML document that needs nothing else: the chart of
 * {@link comparisonChart} and a table with every mean, its standard error, the seeds and the
 * paper's value.
 *
 * @throws {RangeError} what {@link comparisonChart} throws.
 * @example
 * ```ts
 * const meta = { experiment: "synthetic", backend: "wasm", generations: 1000 };
 * await writeFile("comparison.html", comparisonPage(rows, meta));
 * ```
 */
export function comparisonPage(rows: readonly ComparisonRow[], meta: ComparisonMeta): string {
  const seeds = rows.map((row) => row.seeds.length);
  const [least, most] = [Math.min(...seeds), Math.max(...seeds)];
  return page({
    title: `${meta.experiment}: the methods compared`,
    eyebrow: "muir compare",
    facts: [
      ["backend", meta.backend],
      ["generations", formatCount(meta.generations)],
      ["seeds", least === most ? String(most) : `${least} to ${most}`],
    ],
    body: markup`${figureSection({
      title: "Test error of each method",
      caption:
        "Look for dots near the triangle, which is the paper's value: the bar is the mean of the seeds with its standard error.",
      draw: (width) => comparisonChart(rows, { width, heading: false }),
    })}
<section><h2>Test RMSE</h2><p class="caption">Mean and standard error over the seeds that stayed finite.</p><div class="card scroll"><table><thead><tr><th>variant</th><th>method</th><th class="number">measured</th><th class="number">paper</th><th class="number">seeds</th><th class="number spare">lowest</th><th class="number spare">highest</th></tr></thead><tbody>${rows.map(
      ({ variant, method, seeds, paper }) => {
        const { mean, standardError, count } = meanAndError(seeds);
        const finite = seeds.filter(Number.isFinite);
        return markup`<tr><td>${variant}</td><td>${method}</td><td class="number">${
          count > 0
            ? markup`<data value="${mean}">${formatMeanAndError(mean, standardError)}</data>`
            : "–"
        }</td><td class="number">${formatPrinted(paper)}</td><td class="number">${count === seeds.length ? count : `${count} of ${seeds.length}`}</td><td class="number spare">${formatNumber(finite.length > 0 ? Math.min(...finite) : null)}</td><td class="number spare">${formatNumber(finite.length > 0 ? Math.max(...finite) : null)}</td></tr>`;
      },
    )}</tbody></table></div></section>${
      meta.command !== undefined &&
      markup`<section><h2>To repeat it</h2><div class="card" style="padding:2px 16px 14px"><pre>${meta.command}</pre></div></section>`
    }`,
  });
}
