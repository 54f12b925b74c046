export { type Cifar10Images, readCifar10, readCifar10Images } from "./node/read-cifar10.js";
export { type ReadRegressionOptions, readRegressionFolder } from "./node/read-regression-folder.js";
export {
  type WriteRegressionOptions,
  writeRegressionFolder,
} from "./node/write-regression-folder.js";
