import { checkWidth, type FigureOptions, frameFigure } from "./figure-frame.js";
import { round } from "./film-axes.js";
import { formatMeanAndError, formatNumber, formatTick } from "./format-number.js";
import { type Markup, markup, trusted } from "./markup.js";
import { niceTicks } from "./nice-ticks.js";
import { meanAndError } from "./statistics/mean-and-error.js";
import type { TaskComparisonRow } from "./task-comparison-row.js";
import { fitText, textWidth } from "./text-width.js";
import { theme } from "./theme.js";

/**
 * One task trained in several ways: a line for each way, a dot for each seed, a stroke for their mean. The
 * dashed line is the task alone; the bar is where the mean difference to it lies with 95% confidence, seed by
 * seed, so a bar that does not touch the line is a difference.
 *
 * @param rows of one task.
 * @returns a standalone SVG document.
 * @throws {RangeError} if there are no rows, or the width is under 240.
 */
export function taskComparisonChart(
  rows: readonly TaskComparisonRow[],
  options: FigureOptions = {},
): string {
  const { heading = true } = options;
  const width = checkWidth("taskComparisonChart", options.width ?? 760);
  const [first] = rows;
  if (first === undefined) {
    throw new RangeError("taskComparisonChart: rows must hold at least one way; got none.");
  }
  const alone = aloneMean(rows);
  const panel = panelOf(rows, { alone, width });
  const bottom = 14 + rows.length * panel.rowHeight;
  const { metric, better } = rows.find((row) => row.metric !== "–") ?? first;
  const label = `${metric}, ${better} is better`;
  const drawing = markup`${grid(panel, { bottom, label })}${
    alone !== null &&
    markup`<path d="M${panel.place(alone)},8V${bottom}" stroke="currentColor" stroke-opacity="0.65" stroke-dasharray="3 3"/>`
  }${rows.map((row, i) => line(row, { y: 14 + (i + 0.5) * panel.rowHeight, alone, panel }))}`;
  return frameFigure(drawing, {
    width,
    height: bottom + 40,
    heading,
    title: `${first.task}: ${metric}`,
    subtitle: "dots: seeds; stroke: mean; dashed: alone; bar: 95% interval of the difference to it",
    description: rows
      .map(({ trained, values }) => `${trained}: ${formatNumber(meanAndError(values).mean)}.`)
      .join(" "),
  });
}

/** Where things stand, in pixels. */
interface Panel {
  readonly left: number;
  readonly right: number;
  readonly width: number;
  /** Whether names stand beside the dots; else above them. */
  readonly wide: boolean;
  readonly rowHeight: number;
  readonly ticks: readonly number[];
  place(value: number): number;
}

function panelOf(
  rows: readonly TaskComparisonRow[],
  { alone, width }: { alone: number | null; width: number },
): Panel {
  const widest = (texts: readonly string[]) =>
    Math.max(...texts.map((text) => textWidth(text, fontSize)));
  const wide = width >= 560;
  const names = Math.min(width * 0.34, widest(rows.map(({ trained }) => trained)));
  const left = wide ? 28 + names : 22;
  const right =
    width - 30 - Math.min(width * 0.3, widest(rows.map(({ values }) => written(values))));
  const drawn = rows
    .flatMap((row) => [...row.values, ...(barOf(row, alone) ?? [])])
    .filter(Number.isFinite);
  const [low, high] = rangeOf(drawn);
  const scale = (right - left) / (high - low);
  const count = Math.max(2, (right - left) / 70);
  return {
    ...{ left, right, width, wide, rowHeight: wide ? 28 : 42 },
    ticks: niceTicks(low, high, { count }),
    place: (value) => round(left + (value - low) * scale),
  };
}

/** What is drawn, with a little room on both sides; some range where all is one number, or nothing is. */
function rangeOf(drawn: readonly number[]): [low: number, high: number] {
  const low = drawn.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = drawn.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  if (!(low <= high)) return [0, 1];
  const isPoint = high - low <= SMALLEST;
  const room = isPoint ? Math.abs(high) * 0.1 : (high - low) * 0.06;
  return room <= SMALLEST ? [low - 1, high + 1] : [low - room, high + room];
}

function line(
  row: TaskComparisonRow,
  { y, alone, panel }: { y: number; alone: number | null; panel: Panel },
): Markup {
  const { right, width, place } = panel;
  const { trained, values, difference, best } = row;
  const { mean, count } = meanAndError(values);
  const color = difference === null ? theme.series.at(-1)! : theme.accent;
  const bold = best && trusted(' font-weight="650"');
  const bar = barOf(row, alone);
  return markup`${nameOf(trained, { y, bold, panel })}${
    bar !== null &&
    markup`<path d="M${place(bar[0])},${y}H${place(bar[1])}" stroke="${color}" stroke-opacity="0.28" stroke-width="9"/>`
  }${values
    .filter(Number.isFinite)
    .map(
      (value) =>
        markup`<circle cx="${place(value)}" cy="${y}" r="3.5" fill="${color}" fill-opacity="0.75"><title>${value}</title></circle>`,
    )}${
    count > 0 &&
    markup`<path d="M${place(mean)},${y - 8}v16" stroke="${color}" stroke-width="2.5"/>`
  }<text x="${width - 14}" y="${count < values.length ? y - 5 : y}" dy="0.34em" text-anchor="end"${bold}>${fitText(written(values), { width: width - right - 20, fontSize })}</text>${
    count < values.length &&
    markup`<text x="${width - 14}" y="${y + 8}" dy="0.34em" text-anchor="end" font-size="10.5" fill-opacity="0.65">${count} of ${values.length} seeds</text>`
  }`;
}

function nameOf(
  trained: string,
  { y, bold, panel }: { y: number; bold: Markup | false; panel: Panel },
): Markup {
  const { left, width, wide } = panel;
  return wide
    ? markup`<text x="${round(left - 12)}" y="${y}" dy="0.34em" text-anchor="end"${bold}>${fitText(trained, { width: left - 24, fontSize })}</text>`
    : markup`<text x="14" y="${y - 13}" text-anchor="start"${bold}>${fitText(trained, { width: width - 28, fontSize })}</text>`;
}

function grid(
  { ticks, left, right, place }: Panel,
  { bottom, label }: { bottom: number; label: string },
): Markup {
  return markup`${ticks.map(
    (tick) =>
      markup`<path d="M${place(tick)},8V${bottom}" stroke="currentColor" stroke-opacity="0.1"/><text x="${place(tick)}" y="${bottom + 16}">${formatTick(tick)}</text>`,
  )}<text x="${round((left + right) / 2)}" y="${bottom + 33}" fill-opacity="0.65">${label}</text>`;
}

/** Mean of the way that has no difference because it is what the others are compared with. */
function aloneMean(rows: readonly TaskComparisonRow[]): number | null {
  const isCompared = rows.some(({ difference }) => difference !== null);
  const [alone] = rows.filter(({ difference }) => difference === null);
  if (!isCompared || alone === undefined) return null;
  const { mean } = meanAndError(alone.values);
  return Number.isFinite(mean) ? mean : null;
}

/** The interval of the difference, drawn from the mean alone; null under two seeds, where it is a point. */
function barOf(
  { difference }: TaskComparisonRow,
  alone: number | null,
): readonly [number, number] | null {
  if (difference === null || alone === null || difference.count < 2) return null;
  const [low, high] = difference.interval;
  return [alone + low, alone + high];
}

function written(values: readonly number[]): string {
  const { mean, standardError } = meanAndError(values);
  return formatMeanAndError(mean, standardError);
}

/** Below it a scale of pixels would not be finite. */
const SMALLEST = 1e-290;
const fontSize = 12;
