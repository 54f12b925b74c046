import type { ComparisonRow } from "./comparison-row.js";
import { round } from "./film-axes.js";
import { formatMeanAndError, formatPrinted, formatTick } from "./format-number.js";
import { type Markup, markup, trusted } from "./markup.js";
import { niceTicks } from "./nice-ticks.js";
import { meanAndError } from "./statistics/mean-and-error.js";
import { fitText, textWidth } from "./text-width.js";
import { theme } from "./theme.js";

/** Where the columns of a comparison stand, in pixels. */
export interface ComparisonLayout {
  readonly left: number;
  readonly right: number;
  readonly width: number;
  readonly wide: boolean;
  /** The largest value drawn. */
  readonly most: number;
}

/** Room for names on the left, numbers on the right, and the axis between. */
export function comparisonLayout(rows: readonly ComparisonRow[], width: number): ComparisonLayout {
  const wide = width >= 560;
  const widest = (texts: string[]) =>
    texts.reduce((most, text) => Math.max(most, textWidth(text, 12)), 0);
  const names = Math.min(width / 4, widest(rows.map(({ method }) => method)));
  const numbers = widest([...rows.map(({ seeds }) => measuredText(seeds)), "measured"]);
  return {
    left: 36 + names,
    right: width - numbers - (wide ? 84 : 30),
    width,
    wide,
    most: rows
      .flatMap(({ seeds, paper }) => [...seeds, paper ?? 0])
      .filter(Number.isFinite)
      .reduce((high, value) => Math.max(high, value), 0),
  };
}

/** One method: name, seeds, mean and error, the paper's value, and the numbers beside. */
export function comparisonLine(
  { method, seeds, paper }: ComparisonRow,
  { y, layout }: { y: number; layout: ComparisonLayout },
): Markup {
  const { left, width, wide } = layout;
  const { mean, standardError, count } = meanAndError(seeds);
  const color = method === "muir" ? theme.accent : theme.series.at(-1)!;
  const measured = measuredText(seeds);
  const edge = wide ? width - 62 : width - 14;
  return markup`<text x="${round(left - 12)}" y="${y}" dy="0.34em" text-anchor="end">${fitText(method, { width: left - 24, fontSize: 12 })}</text>${seeds
    .filter(Number.isFinite)
    .map(
      (seed) =>
        markup`<circle cx="${place(seed, layout)}" cy="${y}" r="4" fill="${color}" fill-opacity="0.35"/>`,
    )}${
    Number.isFinite(standardError) &&
    markup`<path d="M${place(mean - standardError, layout)},${y}H${place(mean + standardError, layout)}" stroke="${color}" stroke-width="2.5"/>`
  }${
    count > 0 &&
    markup`<path d="M${place(mean, layout)},${y - 7}v14" stroke="${color}" stroke-width="2.5"/>`
  }${
    paper !== null && markup`<path d="M${place(paper, layout)},${y - 7}l-4.5,-7h9Z"/>`
  }<text x="${edge}" y="${count < seeds.length ? y - 6 : y}" dy="0.34em" text-anchor="end"${method === "muir" && trusted(' font-weight="650"')}>${measured}</text>${
    count < seeds.length &&
    markup`<text x="${edge}" y="${y + 8}" dy="0.34em" text-anchor="end" font-size="10.5" fill-opacity="0.65">${count} of ${seeds.length} seeds</text>`
  }${
    wide &&
    markup`<text x="${width - 16}" y="${y}" dy="0.34em" text-anchor="end" fill-opacity="0.65">${formatPrinted(paper)}</text>`
  }`;
}

function measuredText(seeds: readonly number[]): string {
  const { mean, standardError } = meanAndError(seeds);
  return formatMeanAndError(mean, standardError);
}

/** Vertical lines with their ticks below, and the headings of the number columns. */
export function comparisonGrid(layout: ComparisonLayout, bottom: number): Markup {
  const { left, right, width, wide, most } = layout;
  const ticks = niceTicks(0, most > 0 ? most : 1, { count: Math.max(3, (right - left) / 70) });
  return markup`${ticks.map(
    (tick) =>
      markup`<path d="M${place(tick, layout)},28V${bottom}" stroke="currentColor" stroke-opacity="0.1"/><text x="${place(tick, layout)}" y="${bottom + 17}">${formatTick(tick)}</text>`,
  )}<text x="${(left + right) / 2}" y="${bottom + 36}" fill-opacity="0.65">test RMSE</text><text x="${wide ? width - 62 : width - 14}" y="20" text-anchor="end" fill-opacity="0.65">measured</text>${
    wide &&
    markup`<text x="${width - 16}" y="20" text-anchor="end" fill-opacity="0.65">paper</text>`
  }`;
}

function place(value: number, { left, right, most }: ComparisonLayout): number {
  const share = most > 0 ? Math.max(0, value) / (most * 1.04) : Math.max(0, value);
  return round(left + Math.min(1, share) * (right - left));
}
