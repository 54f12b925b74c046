import type { ComparisonMeta } from "./comparison-row.js";
import {
  formatCount,
  formatDuration,
  formatMeanAndError,
  formatNumber,
  formatProbability,
} from "./format-number.js";
import { groupBy } from "./group-by.js";
import { type Markup, markup } from "./markup.js";
import { figureSection, page } from "./page.js";
import { meanAndError } from "./statistics/mean-and-error.js";
import { taskComparisonChart } from "./task-comparison-chart.js";
import type { TaskComparisonRow } from "./task-comparison-row.js";

/**
 * Tasks trained in several ways as one HTML document that needs nothing else: for each task the panel of
 * {@link taskComparisonChart}, and a table with every figure.
 *
 * @throws {RangeError} if there are no rows.
 */
export function taskComparisonPage(
  rows: readonly TaskComparisonRow[],
  meta: ComparisonMeta,
): string {
  if (rows.length === 0) {
    throw new RangeError("taskComparisonPage: rows must hold at least one; got none.");
  }
  const tasks = [...groupBy(rows, ({ task }) => task)];
  const seeds = Math.max(...rows.map(({ values }) => values.length));
  return page({
    title: `${meta.experiment}: ${tasks.map(([task]) => task).join(", ")}`,
    eyebrow: "muir compare",
    facts: [
      ["backend", meta.backend],
      ["generations", formatCount(meta.generations)],
      ["seeds", String(seeds)],
    ],
    body: markup`${tasks.map(([task, own], i) =>
      figureSection({
        title: `${task}, ${metricOf(own)}`,
        caption:
          i > 0
            ? ""
            : // said once
              "A dot is a seed, the stroke their mean, the dashed line the task alone. The bar is the 95% interval of the difference to it, seed by seed: where it does not touch the line, there is a difference. Of few seeds it is too narrow; read the p beside it.",
        draw: (width) => taskComparisonChart(own, { width, heading: false }),
      }),
    )}
<section><h2>All figures</h2><p class="caption">Test metric, mean and standard error over the seeds whose runs ended; differences to the task alone with their bootstrap interval and p of a paired t test; the best mean of a task is bold. Parameters and time are those of the whole run.</p><div class="card scroll"><table class="dense"><thead><tr><th>trained</th><th class="number">test</th><th class="number">to alone</th><th class="number spare">95 %</th><th class="number">p</th><th class="number spare">parameters</th><th class="number spare">deployed</th><th class="number spare">time</th></tr></thead>${tasks.map(
      ([task, own]) =>
        markup`<tbody><tr><th colspan="8">${task}, ${metricOf(own)}</th></tr>${own.map(tableRow)}</tbody>`,
    )}</table></div></section>${
      meta.command !== undefined &&
      markup`<section><h2>To repeat it</h2><div class="card" style="padding:2px 16px 14px"><pre>${meta.command}</pre></div></section>`
    }`,
  });
}

const metricOf = (rows: readonly TaskComparisonRow[]) =>
  (rows.find(({ metric }) => metric !== "–") ?? rows[0]!).metric;

function tableRow(row: TaskComparisonRow): Markup {
  const { mean, standardError, count } = meanAndError(row.values);
  const shown = formatMeanAndError(mean, standardError);
  const { length } = row.values;
  const test =
    count === 0
      ? markup`–`
      : markup`<data value="${mean}">${row.best ? markup`<b>${shown}</b>` : shown}</data>`;
  return markup`<tr><td>${row.trained}${count < length && ` (${count} of ${length} seeds)`}</td><td class="number">${test}</td>${differenceCells(row)}<td class="number spare">${formatNumber(row.trainedParameters)}</td><td class="number spare">${formatNumber(row.parameters)}</td><td class="number spare">${formatDuration(row.wallSeconds)}</td></tr>`;
}

function differenceCells({ difference }: TaskComparisonRow): Markup {
  const none = markup`<td class="number"></td><td class="number spare"></td><td class="number"></td>`;
  if (difference === null) return none;
  const signed = (value: number) => `${value > 0 ? "+" : ""}${formatNumber(value)}`;
  const [low, high] = difference.interval;
  const isKnown = difference.count > 1;
  return markup`<td class="number">${signed(difference.mean)}</td><td class="number spare">${isKnown && `${signed(low)} to ${signed(high)}`}</td><td class="number">${isKnown && formatProbability(difference.t)}</td>`;
}
