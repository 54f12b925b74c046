import type * as Plot from "@observablehq/plot";
import { type Axis, chart } from "./chart.js";
import { formatCount } from "./format-number.js";
import { type Markup, markup } from "./markup.js";
import { niceTicks } from "./nice-ticks.js";

/** A chart whose horizontal axis is the generations of a run. */
export interface GenerationChart {
  readonly width: number;
  readonly height: number;
  /** Room for labels beside the lines' ends. */
  readonly right?: number;
  /** The first and the last generation shown. */
  readonly generations: readonly [first: number, last: number];
  readonly y: Axis;
  readonly marks: readonly Plot.Markish[];
}

/** Draws lines over generations; a run of a single one gets an axis it can stand on. */
export function generationChart(options: GenerationChart): Markup {
  const { width, height, right = 16, generations, y, marks } = options;
  const [first, last] = generations;
  const domain = last > first ? [first, last] : [first - 0.5, first + 0.5];
  const ticks = niceTicks(first, last, { count: (width - 60 - right) / 60, whole: true });
  return chart({
    width,
    height,
    margins: { top: 34, right, bottom: 44, left: 60 },
    x: { domain, ticks, label: "generation", format: (tick) => formatCount(Number(tick)) },
    y,
    marks,
  });
}

/** What stands in a figure's place before a run's first generation has ended. */
export function nothingYet(width: number, height: number): Markup {
  return markup`<text x="${width / 2}" y="${height / 2}" fill-opacity="0.65">No generation has ended yet.</text>`;
}

/** At most about `most` of `items`: every n-th, and the last. */
export function everyNth<T>(items: readonly T[], most: number): T[] {
  const step = Math.ceil(items.length / Math.max(1, most));
  return items.filter((_, i) => i % step === 0 || i === items.length - 1);
}
