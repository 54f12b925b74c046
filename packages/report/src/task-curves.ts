import { checkWidth, type FigureOptions, frameFigure } from "./figure-frame.js";
import { round } from "./film-axes.js";
import { counted, formatCount, formatNumber } from "./format-number.js";
import { everyNth, nothingYet } from "./generation-chart.js";
import { lossScale } from "./loss-scale.js";
import { type Markup, markup } from "./markup.js";
import type { RunRecord } from "./run-record.js";
import { runTitle } from "./run-title.js";
import { fitText, textWidth } from "./text-width.js";
import { theme } from "./theme.js";

/** What {@link taskCurves} can be told. */
export interface TaskCurvesOptions extends FigureOptions {
  /** Runs in which a task was trained alone, looked through in turn for a task of the same name. */
  readonly alone?: readonly RunRecord[];
}

/** Panels of more tasks would be too small and too many to read. */
const MOST_PANELS = 60;

/**
 * A panel for each task, up to 60: its validation metric over the generations as a solid line, and,
 * where `alone` has a task of that name, the single-task run's as a dashed one. Above each panel are
 * the last values of both.
 *
 * Each panel has its own vertical axis; all share the generations, which are cut where the longer
 * run ends.
 *
 * @returns a standalone SVG document.
 * @throws {RangeError} if the width is under 240.
 * @example
 * ```ts
 * const alone = [await readRun("runs/lenet-alone"), await readRun("runs/lstm-alone")];
 * await writeFile("tasks.svg", taskCurves(await readRun("runs/both"), { alone }));
 * ```
 */
export function taskCurves(record: RunRecord, options: TaskCurvesOptions = {}): string {
  const { heading = true, alone = [] } = options;
  const width = checkWidth("taskCurves", options.width ?? 760);
  const panels = panelsOf(record, alone).slice(0, MOST_PANELS);
  const perRow = Math.max(
    1,
    Math.min(panels.length, Math.floor((width - 16) / widthOf(panels.length))),
  );
  const rows = Math.ceil(panels.length / perRow);
  const panelWidth = (width - 16) / perRow;
  const panelHeight = panels.length <= 6 ? 210 : 150;
  const height = panels.length === 0 ? 120 : rows * panelHeight + 30;
  const longest = panels.reduce(
    (most, { joint, single }) => Math.max(most, joint.length, single?.length ?? 0),
    1,
  );
  const compared = panels.filter(({ single }) => single !== undefined).length;
  const drawing =
    panels.length === 0
      ? nothingYet(width, height)
      : markup`${panels.map((panel, i) =>
          panelAt(panel, {
            left: 8 + (i % perRow) * panelWidth,
            top: Math.floor(i / perRow) * panelHeight,
            width: panelWidth,
            height: panelHeight,
            longest,
          }),
        )}${legend(compared > 0, { x: 16, y: height - 10 })}`;
  return frameFigure(drawing, {
    width,
    height,
    heading,
    title: "Each task",
    subtitle: runTitle(record.config),
    description: `Validation metric of ${counted(panels.length, "task")} over the generations; ${counted(compared, "task")} beside training alone.`,
  });
}

interface Panel {
  readonly name: string;
  readonly metric: string;
  readonly joint: readonly number[];
  readonly single: readonly number[] | undefined;
}

function panelsOf(record: RunRecord, alone: readonly RunRecord[]): Panel[] {
  const singles = alone.map(metricsByTask);
  return [...metricsByTask(record)].map(([name, { metric, values }]) => {
    const same = singles.map((tasks) => tasks.get(name)).find((task) => task?.metric === metric);
    return { name, metric, joint: values, single: same?.values };
  });
}

/** Each task's metric over the generations, a stack's under `linear[3]`. */
function metricsByTask({
  generations,
}: RunRecord): Map<string, { metric: string; values: number[] }> {
  const first = Object.entries(generations[0]?.tasks ?? {});
  return new Map(
    first.flatMap(([task, { metric, better, validationMetric }]) =>
      validationMetric.map((_, i) => [
        validationMetric.length === 1 ? task : `${task}[${i}]`,
        {
          metric: better === "higher" ? `${metric}, higher is better` : metric,
          values: generations.map(({ tasks }) => tasks[task]?.validationMetric[i] ?? Number.NaN),
        },
      ]),
    ),
  );
}

/** How wide a panel is at least. */
function widthOf(panels: number): number {
  return panels <= 6 ? 280 : 165;
}

interface PanelArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly longest: number;
}

function panelAt({ name, metric, joint, single }: Panel, area: PanelArea): Markup {
  const { left, top, width, height, longest } = area;
  const scale = lossScale([...joint, ...(single ?? [])], { fromZero: false });
  const inner = { left: left + 48, top: top + 52, width: width - 66, height: height - 82 };
  const bottom = inner.top + inner.height;
  const x = (generation: number) =>
    inner.left + (longest > 1 ? (generation - 1) / (longest - 1) : 0.5) * inner.width;
  const y = (value: number) => bottom - scale.share(scale.place(value)) * inner.height;
  const path = (values: readonly number[]) => linePath(values, { x, y, pixels: inner.width });
  const roomy = inner.height >= 22 * scale.ticks.length;
  const ticks = scale.ticks.filter((_, i, all) => roomy || i === 0 || i === all.length - 1);
  const text = { width: width - 24, fontSize: 12 };
  const values = `${formatNumber(joint.findLast(Number.isFinite))}${
    single === undefined ? "" : `, alone ${formatNumber(single.findLast(Number.isFinite))}`
  }`;
  const title = fitText(name, { ...text, width: text.width - textWidth(values, 12) - 14 });
  return markup`<text x="${round(left + 8)}" y="${top + 22}" text-anchor="start" font-weight="650">${title}<tspan dx="8" font-weight="400" fill-opacity="0.8">${values}</tspan></text><text x="${round(left + 8)}" y="${top + 39}" text-anchor="start" font-size="11" fill-opacity="0.65">${fitText(metric, text)}</text>${ticks.map(
    (tick) =>
      markup`<path d="M${round(inner.left)},${round(y(tick))}h${round(inner.width)}" stroke="currentColor" stroke-opacity="0.1"/><text x="${round(inner.left - 6)}" y="${round(y(tick))}" dy="0.34em" text-anchor="end" font-size="11">${scale.label(tick)}</text>`,
  )}${
    single !== undefined &&
    markup`<path d="${path(single)}" fill="none" stroke="currentColor" stroke-opacity="0.7" stroke-width="1.5" stroke-dasharray="4 3"/>`
  }<path d="${path(joint)}" fill="none" stroke="${theme.accent}" stroke-width="2" stroke-linejoin="round"/><text x="${round(inner.left)}" y="${round(bottom + 16)}" text-anchor="start" font-size="11" fill-opacity="0.65">1</text><text x="${round(inner.left + inner.width)}" y="${round(bottom + 16)}" text-anchor="end" font-size="11" fill-opacity="0.65">generation ${formatCount(longest)}</text>`;
}

/** A line with a gap where a value is not finite; a single point gets a short stroke. */
function linePath(
  values: readonly number[],
  { x, y, pixels }: { x(generation: number): number; y(value: number): number; pixels: number },
): string {
  const points = values.map((value, i) => ({ value, generation: i + 1 }));
  let pen = "M";
  return everyNth(points, pixels)
    .map(({ value, generation }) => {
      if (!Number.isFinite(value)) {
        pen = "M";
        return "";
      }
      const step = `${pen}${round(x(generation))},${round(y(value))}${pen === "M" ? "h0.5" : ""}`;
      pen = "L";
      return step;
    })
    .join("");
}

function legend(compared: boolean, { x, y }: { x: number; y: number }): Markup {
  const together = markup`<path d="M${x},${y - 4}h26" stroke="${theme.accent}" stroke-width="2"/><text x="${x + 32}" y="${y}" text-anchor="start">together</text>`;
  if (!compared) return together;
  return markup`${together}<path d="M${x + 110},${y - 4}h26" stroke="currentColor" stroke-opacity="0.7" stroke-width="1.5" stroke-dasharray="4 3"/><text x="${x + 142}" y="${y}" text-anchor="start">alone</text>`;
}
