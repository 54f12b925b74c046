import * as Plot from "@observablehq/plot";
import { haloed } from "./chart.js";
import { formatCount, formatNumber } from "./format-number.js";
import { everyNth } from "./generation-chart.js";
import type { LossScale } from "./loss-scale.js";
import type { GenerationRecord } from "./run-record.js";
import { spreadLabels } from "./spread-labels.js";
import { textWidth } from "./text-width.js";

/** A line of {@link learningCurves}. */
export interface Curve {
  readonly name: string;
  readonly color: string;
  loss(record: GenerationRecord): number;
}

/** What the marks stand on. */
export interface CurveFrame {
  readonly generations: readonly GenerationRecord[];
  readonly scale: LossScale;
  /** Size of the area between the axes, in pixels. */
  readonly pixels: { readonly width: number; readonly height: number };
}

/** The curves as bold lines; a single generation as dots. */
export function curveMarks(curves: readonly Curve[], frame: CurveFrame): Plot.Markish[] {
  const { generations, scale, pixels } = frame;
  const shown = everyNth(generations, 2 * pixels.width);
  return curves.map(({ color, loss }) => {
    const place = { x: "generation", y: (g: GenerationRecord) => scale.place(loss(g)) };
    return shown.length === 1
      ? Plot.dot(shown, { ...place, fill: color, r: 4 })
      : Plot.line(shown, { ...place, stroke: color, strokeWidth: 2 });
  });
}

/** The curves' names beside their last points. */
export function endLabels(curves: readonly Curve[], frame: CurveFrame): Plot.Markish[] {
  const { generations, scale, pixels } = frame;
  const ends = curves.flatMap((curve) => {
    const end = generations.map(curve.loss).findLast(Number.isFinite);
    return end === undefined ? [] : [{ ...curve, end: scale.share(scale.place(end)) }];
  });
  const places = spreadLabels(
    ends.map(({ end }) => end * pixels.height),
    15,
  );
  return ends.map(({ name, color }, i) =>
    Plot.text([name], {
      x: () => generations.at(-1)!.generation,
      y: () => scale.at(places[i]! / pixels.height),
      dx: 8,
      textAnchor: "start",
      fill: color,
      fontSize: 12,
      fontWeight: 600,
    }),
  );
}

/** A dot on the best generation of `curve`, with its loss beside, clear of the curve. */
export function bestMarks({ color, loss }: Curve, frame: CurveFrame): Plot.Markish[] {
  const { generations, scale, pixels } = frame;
  const best = generations.findLast((g) => g.best && Number.isFinite(loss(g)));
  if (best === undefined) return [];
  const first = generations[0]!.generation;
  const x = (generation: number) =>
    ((generation - first) / Math.max(1, generations.length - 1)) * pixels.width;
  const y = (record: GenerationRecord) => scale.share(scale.place(loss(record))) * pixels.height;

  const number = formatNumber(loss(best));
  const text =
    pixels.width < 400
      ? `best: ${number}`
      : `best: ${number}, generation ${formatCount(best.generation)}`;
  const toTheLeft = x(best.generation) > pixels.width / 2;
  const reach = textWidth(text, 12) * (toTheLeft ? -1 : 1);
  const [from, to] = [Math.min(0, reach), Math.max(0, reach)];
  const rise = generations
    .filter((g) => {
      const away = x(g.generation) - x(best.generation);
      return away >= from && away <= to && Number.isFinite(loss(g));
    })
    .reduce((most, g) => Math.max(most, y(g) - y(best)), 0);
  const place = { x: () => best.generation, y: () => scale.place(loss(best)) };
  return [
    Plot.dot([best], {
      ...place,
      className: "muir-halo",
      r: 5,
      fill: color,
      stroke: "#ffffff",
      strokeWidth: 2,
    }),
    Plot.text([text], {
      ...place,
      ...haloed,
      textAnchor: toTheLeft ? "end" : "start",
      dx: toTheLeft ? 5 : -5,
      dy: -14 - Math.min(rise, pixels.height / 3),
      fontSize: 12,
    }),
  ];
}
