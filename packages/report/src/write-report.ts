import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { activeModulesChart } from "./active-modules-chart.js";
import { alignmentFilm } from "./alignment-film.js";
import { alignmentRows } from "./alignment-rows.js";
import { locationLayers, locationTasks } from "./analysis/location-tasks.js";
import { readBank } from "./analysis/read-bank.js";
import { learningCurves } from "./learning-curves.js";
import { modulesByTasksChart } from "./modules-by-tasks-chart.js";
import { parametersChart } from "./parameters-chart.js";
import { readRun } from "./read-run.js";
import { type ReportOptions, reportPage } from "./report-page.js";
import type { RunRecord } from "./run-record.js";
import { sharingChart } from "./sharing-chart.js";
import { taskCurves } from "./task-curves.js";

/** Where {@link writeReport} wrote. */
export interface WrittenReport {
  /** `report.html`. */
  readonly page: string;
  /** `figures/*.svg`. */
  readonly figures: readonly string[];
}

/** What {@link writeReport} can be told. */
export interface WriteReportOptions {
  /** Folders of runs that train tasks of this one alone, to draw beside it. */
  readonly alone?: readonly string[];
}

/**
 * Reads the run in `folder` and writes its `report.html` and `figures/*.svg` beside it.
 *
 * Each file is written under another name and then renamed: one who has the page open, or stops
 * the program, never has half a page. A run without locations has no figures of sharing.
 *
 * @throws {Error} what {@link readRun} and {@link readBank} throw, or where a run of `alone` has no task of this
 *   one; then nothing is written.
 * @example
 * ```ts
 * const { page } = await writeReport("runs/clean-7");
 * page; // "runs/clean-7/report.html"
 * ```
 */
export async function writeReport(
  folder: string,
  options: WriteReportOptions = {},
): Promise<WrittenReport> {
  const { record, ...beside } = await readReport(folder, options);
  const drawings = drawingsOf(record, beside);
  const html = reportPage(record, beside);
  const figures = Object.entries(drawings).map(([name, svg]) => ({
    path: join(folder, "figures", `${name}.svg`),
    svg,
  }));
  await Promise.all(figures.map(({ path, svg }) => writeWhole(path, svg)));
  const page = join(folder, "report.html");
  await writeWhole(page, html);
  return { page, figures: figures.map(({ path }) => path) };
}

/** Reads all that a page shows. */
export async function readReport(
  folder: string,
  { alone = [] }: WriteReportOptions = {},
): Promise<ReportOptions & { readonly record: RunRecord }> {
  const [record, bank, ...singles] = await Promise.all([
    readRun(folder),
    readBank(folder),
    ...alone.map(readRun),
  ]);
  const names = tasksOf(record);
  singles.forEach((single, i) => {
    const own = tasksOf(single);
    if (own.length === 0 || names.length === 0) return; // nothing of it is written yet
    if (own.some((name) => names.includes(name))) return;
    throw new Error(
      `readRun: ${alone[i]} must train a task of ${folder} alone, one of ${names.join(", ")}; it trains ${own.join(", ")}. Leave it out.`,
    );
  });
  return { record, bank, alone: singles };
}

const tasksOf = ({ generations }: RunRecord) => Object.keys(generations[0]?.tasks ?? {});

function drawingsOf(record: RunRecord, { alone = [] }: ReportOptions): Record<string, string> {
  const shares = alignmentRows(record) > 0;
  const named = shares && (locationLayers(record)?.names.length ?? 0) > 1;
  return {
    learning: learningCurves(record),
    parameters: parametersChart(record),
    tasks: taskCurves(record, { alone }),
    ...(shares && { alignment: alignmentFilm(record), modules: activeModulesChart(record) }),
    ...(named && { sharing: sharingChart(record) }),
    ...(named &&
      locationTasks(record)!.names.length > 1 && {
        "modules-by-tasks": modulesByTasksChart(record),
      }),
  };
}

async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}.unfinished`;
  await writeFile(unfinished, text);
  await rename(unfinished, path);
}
