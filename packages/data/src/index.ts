export type { Batch, Dataset, NumericArray, Splits } from "./dataset.js";
