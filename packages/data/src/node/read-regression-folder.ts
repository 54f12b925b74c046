import { readFile, stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { DataError } from "../data-error.js";
import type { Splits } from "../dataset.js";
import type { FloatArray } from "../float-array.js";
import { parseNpy } from "../parse-npy.js";
import type { RegressionField } from "../regression-data.js";
import { regressionSplits } from "../regression-splits.js";
import { codeOf, pathsIn } from "./regression-files.js";

/** How a folder of regression tasks is read. */
export interface ReadRegressionOptions {
  /** Whether to take `noisy_train_Y.npy` and `noisy_test_Y.npy` for the targets. Default: false. */
  readonly noisy?: boolean;
  /** How many of each task's training samples validate instead: the last ones. Default: 5. */
  readonly validation?: number;
  /** What the datasets are called. Default: the folder's own name. */
  readonly name?: string;
}

/**
 * Reads several regression tasks from a folder of `.npy` files: `train_X` `[tasks, samples, inputs]`,
 * `train_Y` `[tasks, samples]`, `test_X` and `test_Y` likewise, and where noisy targets are asked
 * for, `noisy_train_Y` and `noisy_test_Y` in place of the other two. Float32 or float64, C order;
 * any number of tasks, samples and inputs.
 *
 * @throws {DataError} if the folder or a file is missing, damaged, of the wrong type or shape, holds
 *   a value that is not finite, or leaves no sample to train on.
 * @throws {RangeError} if `validation` is not a positive integer.
 * @example
 * ```ts
 * const { train, test } = await readRegressionFolder("my-tasks", { validation: 5 });
 * train.inputShape; // [20]
 * ```
 */
export async function readRegressionFolder(
  dir: string,
  options: ReadRegressionOptions = {},
): Promise<Splits> {
  const { noisy = false, validation = 5, name = basename(resolve(dir)) } = options;
  await requireFolder(dir);
  const pathOf = pathsIn(dir);
  const read = (field: RegressionField) => readNpy(pathOf(field));
  const trainField = noisy ? "noisyTrainTargets" : "trainTargets";
  const testField = noisy ? "noisyTestTargets" : "testTargets";
  const data = {
    trainInputs: await read("trainInputs"),
    trainTargets: await read(trainField),
    testInputs: await read("testInputs"),
    testTargets: await read(testField),
  };
  // the chosen targets are the only ones here, under whichever file they came from
  const label = (field: RegressionField) =>
    pathOf(field === "trainTargets" ? trainField : field === "testTargets" ? testField : field);
  return regressionSplits(data, { name, validation, label });
}

async function requireFolder(dir: string): Promise<void> {
  const hint = "Give a folder that holds train_X.npy, train_Y.npy, test_X.npy and test_Y.npy.";
  const found = await stat(dir).catch((cause: unknown) => {
    const code = codeOf(cause);
    const problem = code === "ENOENT" ? "no such folder" : `the folder cannot be read (${code})`;
    throw new DataError(`${dir}: ${problem}. ${hint}`, { cause });
  });
  if (!found.isDirectory()) throw new DataError(`${dir}: not a folder. ${hint}`);
}

async function readNpy(path: string): Promise<FloatArray> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    const code = codeOf(cause);
    throw new DataError(
      code === "ENOENT"
        ? `${path}: missing. Save this array there with numpy.save, or name another folder.`
        : `${path}: cannot be read (${code}). It must be a .npy file that you may read.`,
      { cause },
    );
  });
  return parseNpy(bytes, path);
}
