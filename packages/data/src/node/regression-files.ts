import { join } from "node:path";
import type { RegressionField } from "../regression-data.js";

/** The file of each array in a folder of regression tasks. */
export const REGRESSION_FILES: Readonly<Record<RegressionField, string>> = {
  trainInputs: "train_X.npy",
  trainTargets: "train_Y.npy",
  testInputs: "test_X.npy",
  testTargets: "test_Y.npy",
  noisyTrainTargets: "noisy_train_Y.npy",
  noisyTestTargets: "noisy_test_Y.npy",
};

/** The path of each array's file in the folder `dir`. */
export const pathsIn = (dir: string) => (field: RegressionField) =>
  join(dir, REGRESSION_FILES[field]);

/** The code of a failed call to the file system, such as `ENOENT`. */
export const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? String(error);
