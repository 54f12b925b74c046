import * as Plot from "@observablehq/plot";
import { haloed } from "./chart.js";
import { groupBy } from "./group-by.js";
import type { GrowthRecord, GrowthSeries } from "./growth-record.js";
import type { LossScale } from "./loss-scale.js";
import { spreadLabels } from "./spread-labels.js";
import { wrapText } from "./text-width.js";

/** Means as dots, their standard errors as bars. */
export function measuredMarks(
  points: readonly GrowthRecord[],
  { color, scale }: { color: string; scale: LossScale },
): Plot.Markish[] {
  const bounded = (value: number) => Math.max(scale.domain[0], Math.min(scale.domain[1], value));
  return [
    Plot.ruleX(
      points.filter(({ standardError }) => Number.isFinite(standardError)),
      {
        x: "locations",
        y1: ({ mean, standardError }: GrowthRecord) => bounded(mean - standardError),
        y2: ({ mean, standardError }: GrowthRecord) => bounded(mean + standardError),
        stroke: color,
        strokeWidth: 1.75,
      },
    ),
    Plot.dot(points, { x: "locations", y: "mean", fill: color, r: 3.25 }),
  ];
}

/** Each line's name beside its last point; lines that end at one place share the room there. */
export function settingLabels(
  series: readonly (GrowthSeries & { color: string })[],
  { scale, width, pixels }: { scale: LossScale; width: number; pixels: number },
): Plot.Markish[] {
  const named = series.map(({ setting, points, color }) => ({
    lines: wrapText(setting, { width, fontSize: 12 }),
    end: points.at(-1)!,
    color,
  }));
  const ends = groupBy(named, ({ end }) => end.locations);
  return [...ends.values()].flatMap((group) => {
    const tallest = group.reduce((most, { lines }) => Math.max(most, lines.length), 1);
    const places = spreadLabels(
      group.map(({ end }) => scale.share(end.mean) * pixels),
      15 * tallest + 2,
    );
    return group.map(({ lines, end, color }, i) =>
      Plot.text([lines.join("\n")], {
        ...haloed,
        x: () => end.locations,
        y: () => scale.at(places[i]! / pixels),
        dx: 10,
        textAnchor: "start",
        fill: color,
        fontSize: 12,
        fontWeight: 600,
        lineHeight: 1.15,
      }),
    );
  });
}
