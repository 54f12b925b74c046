import * as Plot from "@observablehq/plot";
import { haloed } from "./chart.js";
import { checkWidth, type FigureOptions, frameFigure } from "./figure-frame.js";
import { counted, formatCount, formatTick } from "./format-number.js";
import { everyNth, generationChart, nothingYet } from "./generation-chart.js";
import { niceTicks } from "./nice-ticks.js";
import type { RunRecord } from "./run-record.js";
import { runTitle } from "./run-title.js";
import { theme } from "./theme.js";

/**
 * Hypermodules in use after each generation, with the locations that changed theirs as a faint
 * area behind: a search that has settled shows a flat line over an empty ground. Where the true
 * groups are known their number is a dashed line.
 *
 * @returns a standalone SVG document.
 * @throws {RangeError} if the width is under 240.
 * @example
 * ```ts
 * await writeFile("modules.svg", activeModulesChart(await readRun("runs/clean"), { width: 480 }));
 * ```
 */
export function activeModulesChart(record: RunRecord, options: FigureOptions = {}): string {
  const { heading = true } = options;
  const width = checkWidth("activeModulesChart", options.width ?? 760);
  const height = width < 560 ? 260 : 300;
  const { generations, config } = record;
  const last = generations.at(-1);
  const frame = {
    width,
    height,
    heading,
    title: "Hypermodules in use",
    subtitle: runTitle(config),
    description: `${counted(last?.activeModules ?? 0, "hypermodule")} in use after ${counted(generations.length, "generation")}.`,
  };
  if (last === undefined) return frameFigure(nothingYet(width, height), frame);

  const shown = everyNth(generations, 2 * width);
  const groups = config.groups && new Set(config.groups).size;
  const most = generations.reduce(
    (high, g) => Math.max(high, g.activeModules, g.changedLocations),
    Math.max(1, groups ?? 0),
  );
  const middle = (generations[0]!.generation + last.generation) / 2;
  const drawing = generationChart({
    width,
    height,
    right: 48,
    generations: [generations[0]!.generation, last.generation],
    y: {
      domain: [0, most * 1.04],
      ticks: niceTicks(0, most, { count: 5, whole: true }),
      label: "hypermodules in use, and locations that changed",
      format: (tick) => formatTick(Number(tick)),
    },
    marks: [
      Plot.areaY(shown, {
        x: "generation",
        y: "changedLocations",
        curve: "step",
        fill: "currentColor",
        fillOpacity: 0.16,
      }),
      ...(groups === undefined
        ? []
        : [
            Plot.ruleY([groups], {
              stroke: "currentColor",
              strokeOpacity: 0.55,
              strokeDasharray: "4 4",
            }),
            Plot.text([counted(groups, "true group")], {
              ...haloed,
              x: () => middle,
              y: () => groups,
              dy: -9,
              fontSize: 12,
            }),
          ]),
      Plot.line(shown, {
        x: "generation",
        y: "activeModules",
        curve: "step",
        stroke: theme.accent,
        strokeWidth: 2,
      }),
      Plot.dot([last], { x: "generation", y: "activeModules", r: 3.5, fill: theme.accent }),
      Plot.text([last], {
        x: "generation",
        y: "activeModules",
        text: ({ activeModules }) => formatCount(activeModules),
        dx: 8,
        textAnchor: "start",
        fill: theme.accent,
        fontSize: 13,
        fontWeight: 650,
      }),
    ],
  });
  return frameFigure(drawing, frame);
}
