export { activeModulesChart } from "./active-modules-chart.js";
export { type AlignmentFilmOptions, alignmentFilm } from "./alignment-film.js";
export { type BankNumbers, blockNumbers } from "./analysis/bank-numbers.js";
export {
  type GenericAndSpecific,
  genericAndSpecific,
  genericModules,
} from "./analysis/generic-and-specific.js";
export { type Belonging, locationLayers, locationTasks } from "./analysis/location-tasks.js";
export {
  type Exchange,
  type ModuleHistory,
  moduleHistories,
  type Replacement,
  replacementsIn,
} from "./analysis/module-lineage.js";
export { type ModulesOfTasks, modulesByTasks } from "./analysis/modules-by-tasks.js";
export { type NumberStatistics, numberStatistics } from "./analysis/number-statistics.js";
export { readBank } from "./analysis/read-bank.js";
export { type SharingMatrix, sharingMatrix } from "./analysis/sharing-matrix.js";
export { comparisonChart } from "./comparison-chart.js";
export { comparisonPage } from "./comparison-page.js";
export type { ComparisonMeta, ComparisonRow } from "./comparison-row.js";
export type { FigureOptions } from "./figure-frame.js";
export { growthChart } from "./growth-chart.js";
export { growthPage } from "./growth-page.js";
export type { GrowthRecord } from "./growth-record.js";
export { learningCurves } from "./learning-curves.js";
export { modulesByTasksChart } from "./modules-by-tasks-chart.js";
export { parametersChart } from "./parameters-chart.js";
export { readRun } from "./read-run.js";
export { type ReportOptions, reportPage } from "./report-page.js";
export type {
  GenerationRecord,
  RunConfig,
  RunRecord,
  RunSummary,
  TaskRecord,
  TaskSummary,
} from "./run-record.js";
export { sharingChart } from "./sharing-chart.js";
export { type BootstrapOptions, bootstrapInterval } from "./statistics/bootstrap-interval.js";
export { type MannWhitney, mannWhitney } from "./statistics/mann-whitney.js";
export { type MeanAndError, meanAndError } from "./statistics/mean-and-error.js";
export type { PValue } from "./statistics/p-value.js";
export { type PairedDifference, pairedDifference } from "./statistics/paired-difference.js";
export { type PairedTTest, pairedTTest } from "./statistics/paired-t-test.js";
export { type WilcoxonSignedRank, wilcoxonSignedRank } from "./statistics/wilcoxon-signed-rank.js";
export { type TaskCurvesOptions, taskCurves } from "./task-curves.js";
export { type WriteReportOptions, type WrittenReport, writeReport } from "./write-report.js";
