export { type Cifar10Images, readCifar10, readCifar10Images } from "./node/read-cifar10.js";
export { readCrisprBinding } from "./node/read-crispr-binding.js";
export { type ReadRegressionOptions, readRegressionFolder } from "./node/read-regression-folder.js";
export { readScores, readScoreTable, type ScoreColumns } from "./node/read-score-table.js";
export { type ReadTextOptions, readText, type TextData } from "./node/read-text.js";
export type { TextFiles } from "./node/text-files.js";
export {
  type WriteRegressionOptions,
  writeRegressionFolder,
} from "./node/write-regression-folder.js";
