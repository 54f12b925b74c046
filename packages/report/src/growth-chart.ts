import * as Plot from "@observablehq/plot";
import { chart } from "./chart.js";
import { checkWidth, type FigureOptions, frameFigure } from "./figure-frame.js";
import { counted } from "./format-number.js";
import { measuredMarks, settingLabels } from "./growth-marks.js";
import { checkGrowthRecords, type GrowthRecord, growthSeries } from "./growth-record.js";
import { locationsAxis } from "./locations-axis.js";
import { lossScale } from "./loss-scale.js";
import { theme } from "./theme.js";

/**
 * Measured iterations until the optimum against the number of locations, both logarithmic, one
 * colour a setting, with standard errors; dashed, the growth the theory predicts (Table 1 and
 * Theorem 3.2 of the paper), moved up or down to fit, since it leaves a constant open.
 *
 * @returns a standalone SVG document.
 * @throws {RangeError} if there are no records, a record's `locations` or `mean` is not a positive
 * number, or the width is under 240.
 * @example
 * ```ts
 * const settings = { parts: 1, values: 2, runs: 20, standardError: 3 };
 * growthChart([
 *   { setting: "D = 1", locations: 16, mean: 90, predicted: 128, ...settings },
 *   { setting: "D = 1", locations: 64, mean: 540, predicted: 768, ...settings },
 * ]); // "<svg …"
 * ```
 */
export function growthChart(records: readonly GrowthRecord[], options: FigureOptions = {}): string {
  const { heading = true } = options;
  const width = checkWidth("growthChart", options.width ?? 760);
  checkGrowthRecords(records);
  const wide = width >= 560;
  const height = wide ? 460 : 380;
  const margins = { top: 34, right: wide ? 176 : 104, bottom: 44, left: 60 };
  const series = growthSeries(records).map((line, i) => ({
    ...line,
    color: theme.series[i % theme.series.length]!,
  }));
  const predictions = series.flatMap(({ points, factor, setting, color }) =>
    points
      .map(({ locations, predicted }) => ({
        setting,
        color,
        locations,
        iterations: predicted * factor,
      }))
      .filter(({ iterations }) => Number.isFinite(iterations) && iterations > 0),
  );
  const scale = lossScale([
    ...records.map(({ mean }) => mean),
    ...predictions.map(({ iterations }) => iterations),
  ]);
  const drawing = chart({
    width,
    height,
    margins,
    x: locationsAxis(
      records.map(({ locations }) => locations),
      (width - margins.left - margins.right) / 44,
    ),
    y: {
      type: scale.type,
      domain: scale.domain,
      ticks: scale.ticks,
      label: "iterations until the optimum",
      format: (tick) => scale.label(Number(tick)),
    },
    marks: [
      Plot.line(predictions, {
        x: "locations",
        y: "iterations",
        z: "setting",
        stroke: "color",
        strokeDasharray: "5 4",
        strokeWidth: 1.5,
        strokeOpacity: 0.8,
      }),
      ...series.flatMap(({ points, color }) => measuredMarks(points, { color, scale })),
      ...settingLabels(series, {
        scale,
        width: margins.right - 22,
        pixels: height - margins.top - margins.bottom,
      }),
    ],
  });
  return frameFigure(drawing, {
    width,
    height,
    heading,
    title: "Iterations until the optimum",
    subtitle: wide
      ? "dots: measured, with standard errors; dashed: predicted growth, scaled to fit"
      : "dots: measured; dashed: predicted, scaled",
    description: `Measured and predicted iterations for ${counted(series.length, "setting")}: ${series.map(({ setting }) => setting).join("; ")}.`,
  });
}
