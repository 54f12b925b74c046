import * as Plot from "@observablehq/plot";
import { type ModulesOfTasks, modulesByTasks } from "./analysis/modules-by-tasks.js";
import { checkWidth, type FigureOptions, frameFigure } from "./figure-frame.js";
import { counted, formatCount } from "./format-number.js";
import { everyNth, generationChart } from "./generation-chart.js";
import { lossScale } from "./loss-scale.js";
import type { RunRecord } from "./run-record.js";
import { runTitle } from "./run-title.js";
import { spreadLabels } from "./spread-labels.js";
import { fitText, textWidth } from "./text-width.js";
import { theme } from "./theme.js";

/**
 * Hypermodules by the tasks that use them, over the generations (Fig. 3a of the paper): a line for
 * each set of tasks, dashed where it is a single task (specific), solid where tasks share (generic),
 * thicker the more they are.
 *
 * @returns a standalone SVG document.
 * @throws {RangeError} if the width is under 240, or the run does not name its locations.
 * @example
 * ```ts
 * await writeFile("modules-by-tasks.svg", modulesByTasksChart(await readRun("runs/cross-modal")));
 * ```
 */
export function modulesByTasksChart(record: RunRecord, options: FigureOptions = {}): string {
  const { heading = true } = options;
  const width = checkWidth("modulesByTasksChart", options.width ?? 760);
  const height = width < 560 ? 320 : 380;
  const sets = modulesByTasks(record);
  if (sets.length === 0) {
    throw new RangeError(
      "modulesByTasksChart: the run must have locations and name them; got none. Draw activeModulesChart instead.",
    );
  }
  const generations = sets[0]!.counts.length - 1;
  const scale = lossScale(sets.flatMap(({ counts }) => [...counts]));
  const widest = Math.max(...sets.map((set) => textWidth(labelOf(set), boldSize)));
  const room = Math.min(width * 0.42, widest + 16);
  const inner = height - 78;
  const ends = sets.map(({ counts }) => scale.share(scale.place(counts.at(-1)!)) * inner);
  const places = spreadLabels(ends, 15);
  const lift = Math.max(0, -Math.min(...places)); // many at zero would hang below the axis
  const points = (set: ModulesOfTasks) =>
    everyNth(
      Array.from(set.counts, (count, generation) => ({ count: scale.place(count), generation })),
      width,
    );
  const drawing = generationChart({
    width,
    height,
    right: room,
    generations: [0, Math.max(1, generations)],
    y: {
      type: scale.type,
      domain: scale.domain,
      ticks: scale.ticks.filter((tick) => scale.label(tick) === "0" || tick >= 1),
      label: "hypermodules that these tasks use, and no others",
      format: (tick) => scale.label(Number(tick)),
    },
    marks: sets.flatMap((set, i) => [
      Plot.line(points(set), {
        x: "generation",
        y: "count",
        stroke: colourOf(i),
        strokeWidth: Math.min(3, 1 + 0.5 * set.tasks[0]),
        ...(set.tasks[1] === 1 && { strokeDasharray: "5 3" }),
      }),
      Plot.text([set], {
        x: () => Math.max(1, generations),
        y: () => scale.at((places[i]! + lift) / inner),
        text: () => fitText(labelOf(set), { width: room - 10, fontSize: boldSize }),
        dx: 8,
        textAnchor: "start",
        fill: colourOf(i),
        fontSize: 12,
        fontWeight: 600,
      }),
    ]),
  });
  const shared = sets.filter(({ tasks }) => tasks[0] > 1);
  const generic = shared.reduce((sum, { counts }) => sum + counts.at(-1)!, 0);
  return frameFigure(drawing, {
    width,
    height,
    heading,
    title: "Hypermodules by the tasks that use them",
    subtitle: runTitle(record.config),
    description: `After ${counted(generations, "generation")} ${counted(generic, "hypermodule")} serve more than one task. ${sets.map(labelOf).join("; ")}.`,
  });
}

/** `12 lenet + lstm`: how many at the end, and whose. */
function labelOf({ label, counts }: ModulesOfTasks): string {
  return `${formatCount(counts.at(-1)!)} ${label}`;
}

/** As wide as bold letters of 12 pixels are. */
const boldSize = 13;

function colourOf(place: number): string {
  return [...theme.series, "currentColor"][place % (theme.series.length + 1)]!;
}
