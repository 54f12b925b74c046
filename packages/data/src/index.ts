export { type ArrayDatasetOptions, arrayDataset } from "./array-dataset.js";
export {
  type Batches,
  batches,
  type CursorState,
  restoreBatches,
} from "./batches.js";
export type { BatchesOptions } from "./cut.js";
export { DataError, isDataError } from "./data-error.js";
export type { Batch, Dataset, NumericArray, Splits } from "./dataset.js";
export type { FloatArray } from "./float-array.js";
export { formatNpy, type NpyArray } from "./format-npy.js";
export type { FactorSpacing, GroupedWeights } from "./grouped-weights.js";
export {
  type KangRegression,
  type KangRegressionOptions,
  kangRegression,
} from "./kang-regression.js";
export { parseNpy } from "./parse-npy.js";
export {
  checkRegressionData,
  type RegressionData,
  type RegressionField,
} from "./regression-data.js";
export { type RegressionSplitsOptions, regressionSplits } from "./regression-splits.js";
export type { SplittableRandom } from "./splittable-random.js";
export { subset } from "./subset.js";
