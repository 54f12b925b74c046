import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { activeModulesChart } from "./active-modules-chart.js";
import { alignmentFilm } from "./alignment-film.js";
import { alignmentRows } from "./alignment-rows.js";
import { learningCurves } from "./learning-curves.js";
import { parametersChart } from "./parameters-chart.js";
import { readRun } from "./read-run.js";
import { reportPage } from "./report-page.js";

/** Where {@link writeReport} wrote. */
export interface WrittenReport {
  /** `report.html`. */
  readonly page: string;
  /** `figures/*.svg`. */
  readonly figures: readonly string[];
}

/**
 * Reads the run in `folder` and writes its `report.html` and `figures/*.svg` beside it.
 *
 * Each file is written under another name and then renamed: one who has the page open, or stops
 * the program, never has half a page. A run without locations has no `alignment.svg` and
 * `modules.svg`.
 *
 * @throws {Error} what {@link readRun} throws; then nothing is written.
 * @example
 * ```ts
 * const { page } = await writeReport("runs/clean-7");
 * page; // "runs/clean-7/report.html"
 * ```
 */
export async function writeReport(folder: string): Promise<WrittenReport> {
  const record = await readRun(folder);
  const drawings = {
    learning: learningCurves(record),
    parameters: parametersChart(record),
    ...(alignmentRows(record) > 0 && {
      alignment: alignmentFilm(record),
      modules: activeModulesChart(record),
    }),
  };
  const html = reportPage(record);
  const figures = Object.entries(drawings).map(([name, svg]) => ({
    path: join(folder, "figures", `${name}.svg`),
    svg,
  }));
  await Promise.all(figures.map(({ path, svg }) => writeWhole(path, svg)));
  const page = join(folder, "report.html");
  await writeWhole(page, html);
  return { page, figures: figures.map(({ path }) => path) };
}

async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}.unfinished`;
  await writeFile(unfinished, text);
  await rename(unfinished, path);
}
