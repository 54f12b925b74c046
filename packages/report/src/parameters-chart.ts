import * as Plot from "@observablehq/plot";
import { haloed } from "./chart.js";
import { checkWidth, type FigureOptions, frameFigure } from "./figure-frame.js";
import { counted, formatCount, formatShare, formatTick } from "./format-number.js";
import { everyNth, generationChart, nothingYet } from "./generation-chart.js";
import { niceTicks } from "./nice-ticks.js";
import type { RunRecord } from "./run-record.js";
import { runTitle } from "./run-title.js";
import { theme } from "./theme.js";

/**
 * Trainable numbers of all tasks as deployed, after each generation, with the number of the
 * original networks as a dashed line.
 *
 * @returns a standalone SVG document.
 * @throws {RangeError} if the width is under 240.
 * @example
 * ```ts
 * await writeFile("parameters.svg", parametersChart(await readRun("runs/clean"), { width: 480 }));
 * ```
 */
export function parametersChart(record: RunRecord, options: FigureOptions = {}): string {
  const { heading = true } = options;
  const width = checkWidth("parametersChart", options.width ?? 760);
  const height = width < 560 ? 260 : 300;
  const { generations, config } = record;
  const original = config.originalParameters;
  const last = generations.at(-1);
  const frame = {
    width,
    height,
    heading,
    title: "Parameters as deployed",
    subtitle: runTitle(config),
    description: `${counted(last?.parameters ?? 0, "parameter")} after ${counted(generations.length, "generation")}; ${counted(original, "parameter")} in the original networks.`,
  };
  if (last === undefined) return frameFigure(nothingYet(width, height), frame);

  const shown = everyNth(generations, 2 * width);
  const most = generations.reduce((high, g) => Math.max(high, g.parameters), Math.max(1, original));
  const share = original > 0 ? ` (${formatShare(last.parameters / original)})` : "";
  const above = last.parameters >= original;
  const drawing = generationChart({
    width,
    height,
    generations: [generations[0]!.generation, last.generation],
    y: {
      domain: [0, most * 1.1],
      ticks: niceTicks(0, most, { count: 5, whole: true }),
      label: "trainable numbers",
      format: (tick) => shortCount(Number(tick)),
    },
    marks: [
      Plot.ruleY([original], {
        stroke: "currentColor",
        strokeOpacity: 0.55,
        strokeDasharray: "4 4",
      }),
      Plot.line(shown, { x: "generation", y: "parameters", stroke: theme.warm, strokeWidth: 2 }),
      Plot.dot([last], { x: "generation", y: "parameters", r: 3.5, fill: theme.warm }),
      Plot.text([`original ${formatCount(original)}`], {
        ...haloed,
        frameAnchor: "right",
        y: () => original,
        dy: above ? 12 : -9,
        textAnchor: "end",
        fontSize: 12,
      }),
      Plot.text([`${formatCount(last.parameters)}${share}`], {
        ...haloed,
        frameAnchor: "right",
        y: () => last.parameters,
        // on the far side of the dashed line's label where the two lines are near
        dy: !above && original - last.parameters < 0.12 * most ? 14 : -11,
        textAnchor: "end",
        fill: theme.warm,
        fontSize: 13,
        fontWeight: 650,
      }),
    ],
  });
  return frameFigure(drawing, frame);
}

function shortCount(tick: number): string {
  return tick < 10_000
    ? formatTick(tick)
    : tick.toLocaleString("en-US", { notation: "compact", maximumFractionDigits: 1 });
}
