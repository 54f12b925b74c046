export type {
  Applied,
  ApplyContext,
  Architecture,
  Initializer,
  ModelState,
  ParameterSpec,
} from "./architecture.js";
export { type LinearRegressionOptions, linearRegression } from "./linear-regression.js";
