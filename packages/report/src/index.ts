export { activeModulesChart } from "./active-modules-chart.js";
export { type AlignmentFilmOptions, alignmentFilm } from "./alignment-film.js";
export { comparisonChart } from "./comparison-chart.js";
export { comparisonPage } from "./comparison-page.js";
export type { ComparisonMeta, ComparisonRow } from "./comparison-row.js";
export type { FigureOptions } from "./figure-frame.js";
export { growthChart } from "./growth-chart.js";
export { growthPage } from "./growth-page.js";
export type { GrowthRecord } from "./growth-record.js";
export { learningCurves } from "./learning-curves.js";
export { type MeanAndError, meanAndError } from "./mean-and-error.js";
export { parametersChart } from "./parameters-chart.js";
export { readRun } from "./read-run.js";
export { reportPage } from "./report-page.js";
export type {
  GenerationRecord,
  RunConfig,
  RunRecord,
  RunSummary,
  TaskRecord,
  TaskSummary,
} from "./run-record.js";
export { type WrittenReport, writeReport } from "./write-report.js";
