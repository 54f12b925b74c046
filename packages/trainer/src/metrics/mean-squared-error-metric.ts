import type { BatchMetric } from "../metric.js";
import { meanSquare, squaredErrors } from "./squared-errors.js";

/** Mean squared error, in the squared units of the targets; for tasks that minimise whatever loss. */
export const meanSquaredErrorMetric: BatchMetric = {
  name: "mse",
  ...squaredErrors,
  value: meanSquare,
};
