export { type ReadRegressionOptions, readRegressionFolder } from "./node/read-regression-folder.js";
export {
  type WriteRegressionOptions,
  writeRegressionFolder,
} from "./node/write-regression-folder.js";
