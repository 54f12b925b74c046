export { describeData } from "./node/describe/describe-data.js";
export type { DataDescription } from "./node/describe/description.js";
export { cacheFolder } from "./node/fetch/cache-folder.js";
export {
  DATA_NAMES,
  DATA_SOURCES,
  type DataName,
  type DataSource,
} from "./node/fetch/data-sources.js";
export { type FetchDataOptions, fetchData } from "./node/fetch/fetch-data.js";
export type { FetchedData } from "./node/fetch/fetched-data.js";
export { type FindDataOptions, findData } from "./node/fetch/find-data.js";
export type { FetchProgress, OnFetchProgress } from "./node/fetch/progress.js";
export { type Cifar10Images, readCifar10, readCifar10Images } from "./node/read-cifar10.js";
export { readCrisprBinding } from "./node/read-crispr-binding.js";
export { type ReadRegressionOptions, readRegressionFolder } from "./node/read-regression-folder.js";
export { readScores, readScoreTable } from "./node/read-score-table.js";
export { type ReadTextOptions, readText, type TextData } from "./node/read-text.js";
export type { ScoreColumns } from "./node/score-columns.js";
export type { TextFiles } from "./node/text-files.js";
export {
  type WriteRegressionOptions,
  writeRegressionFolder,
} from "./node/write-regression-folder.js";
