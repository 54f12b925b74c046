import * as Plot from "@observablehq/plot";
import { checkWidth, type FigureOptions, frameFigure } from "./figure-frame.js";
import { counted, formatNumber } from "./format-number.js";
import { everyNth, generationChart, nothingYet } from "./generation-chart.js";
import { lossScale } from "./loss-scale.js";
import { bestMarks, type Curve, curveMarks, endLabels } from "./mean-curves.js";
import { phaseMarks } from "./phase-marks.js";
import type { GenerationRecord, RunRecord } from "./run-record.js";
import { runTitle } from "./run-title.js";
import { theme } from "./theme.js";

/**
 * Training and validation loss, mean of the tasks, over the generations; each task's validation
 * loss as a thin line behind, where there are 2 to 60. The best generation is marked, and where a
 * phase begins.
 *
 * Logarithmic where no loss is negative and they span more than a decade; a loss of zero is then
 * drawn at the bottom, on a tick that says 0. Where a loss is not finite its line has a gap.
 *
 * @returns a standalone SVG document.
 * @throws {RangeError} if the width is under 240.
 * @example
 * ```ts
 * await writeFile("learning.svg", learningCurves(await readRun("runs/clean")));
 * ```
 */
export function learningCurves(record: RunRecord, options: FigureOptions = {}): string {
  const { heading = true } = options;
  const width = checkWidth("learningCurves", options.width ?? 760);
  const height = width < 560 ? 300 : 380;
  const { generations } = record;
  const tasks = taskCount(record);
  const frame = {
    width,
    height,
    heading,
    title: "Learning curves",
    subtitle: runTitle(record.config),
    description: describe(generations, tasks),
  };
  const last = generations.at(-1);
  if (last === undefined) return frameFigure(nothingYet(width, height), frame);

  const train: Curve = {
    name: "train",
    color: "currentColor",
    loss: ({ trainLoss }) => trainLoss / tasks,
  };
  const validation: Curve = {
    name: "validation",
    color: theme.accent,
    loss: ({ validationLoss }) => validationLoss / tasks,
  };
  const lines = drawsEachTask(record) ? taskLines(everyNth(generations, width / 3)) : [];
  const scale = lossScale([
    ...generations.flatMap((g) => [train.loss(g), validation.loss(g)]),
    ...lines.map(({ loss }) => loss),
  ]);
  const curves = { generations, scale, pixels: { width: width - 142, height: height - 78 } };
  const thin = { x: "generation", y: ({ loss }: TaskPoint) => scale.place(loss) };
  const drawing = generationChart({
    width,
    height,
    right: 82,
    generations: [generations[0]!.generation, last.generation],
    y: {
      type: scale.type,
      domain: scale.domain,
      ticks: scale.ticks,
      label: tasks > 1 ? "loss, mean of the tasks" : "loss",
      format: (tick) => scale.label(Number(tick)),
    },
    marks: [
      ...phaseMarks(generations, curves.pixels.width),
      generations.length === 1
        ? Plot.dot(lines, { ...thin, r: 2, fill: theme.accent, fillOpacity: 0.4 })
        : Plot.line(lines, {
            ...thin,
            z: "task",
            stroke: theme.accent,
            strokeWidth: 0.75,
            strokeOpacity: 0.4,
          }),
      ...curveMarks([train, validation], curves),
      ...endLabels([train, validation], curves),
      ...bestMarks(validation, curves),
    ],
  });
  return frameFigure(drawing, frame);
}

/** Whether {@link learningCurves} has a thin line for each task. */
export function drawsEachTask(record: RunRecord): boolean {
  const tasks = taskCount(record);
  return tasks > 1 && tasks <= 60;
}

/** Tasks, each of a stack counted; at least 1. */
function taskCount({ generations }: RunRecord): number {
  const tasks = Object.values(generations[0]?.tasks ?? {});
  return Math.max(
    1,
    tasks.reduce((sum, task) => sum + task.validationLoss.length, 0),
  );
}

interface TaskPoint {
  readonly generation: number;
  readonly loss: number;
  readonly task: string;
}

function taskLines(generations: readonly GenerationRecord[]): TaskPoint[] {
  return generations.flatMap(({ generation, tasks }) =>
    Object.entries(tasks).flatMap(([name, { validationLoss }]) =>
      validationLoss.map((loss, i) => ({ generation, loss, task: `${name}[${i}]` })),
    ),
  );
}

function describe(generations: readonly GenerationRecord[], tasks: number): string {
  const last = generations.at(-1);
  if (last === undefined) return "No generation has ended yet.";
  return `Mean loss of ${counted(tasks, "task")} over ${counted(generations.length, "generation")}; at the end ${formatNumber(last.trainLoss / tasks)} in training, ${formatNumber(last.validationLoss / tasks)} in validation.`;
}
