import type { BatchMetric } from "../metric.js";
import { meanSquare, squaredErrors } from "./squared-errors.js";

/** Root mean squared error, in the units of the targets. */
export const rootMeanSquaredError: BatchMetric = {
  name: "rmse",
  ...squaredErrors,
  value: (batches) => Math.sqrt(meanSquare(batches)),
};
