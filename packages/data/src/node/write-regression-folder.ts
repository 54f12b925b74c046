import { access, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { DataError } from "../data-error.js";
import { formatNpy } from "../format-npy.js";
import {
  checkRegressionData,
  type RegressionData,
  type RegressionField,
} from "../regression-data.js";
import { codeOf, pathsIn, REGRESSION_FILES } from "./regression-files.js";

/** How a folder of regression tasks is written. */
export interface WriteRegressionOptions {
  /** Whether files of such a folder that are already there may be replaced. Default: false. */
  readonly force?: boolean;
}

/**
 * Writes `data` as a folder that {@link readRegressionFolder} and NumPy read, float32. The folder is
 * made where it is missing; other files in it stay.
 *
 * All files are written under temporary names first and then renamed, so that a full disk leaves
 * the files of before. With `force`, noisy targets of before are removed when `data` has none.
 *
 * @throws {DataError} if `data` is not what the reader accepts, a file is already there and `force`
 *   is not set, or the folder cannot be written.
 * @example
 * ```ts
 * const { data } = kangRegression({ random: createRandom(7), noiseVariance: 0.1 });
 * await writeRegressionFolder("kang", data); // six files
 * ```
 */
export async function writeRegressionFolder(
  dir: string,
  data: RegressionData,
  { force = false }: WriteRegressionOptions = {},
): Promise<void> {
  checkRegressionData(data);
  const fields = Object.keys(REGRESSION_FILES) as RegressionField[];
  const pathOf = pathsIn(dir);
  const temporary = (field: RegressionField) => `${pathOf(field)}.${process.pid}.tmp`;
  const given = fields.filter((field) => data[field] !== undefined);
  if (!force) await refuseExisting(fields.map(pathOf));
  try {
    await mkdir(dir, { recursive: true });
    for (const field of given) await writeFile(temporary(field), formatNpy(data[field]!));
    for (const field of fields) {
      if (given.includes(field)) await rename(temporary(field), pathOf(field));
      else await rm(pathOf(field), { force: true });
    }
  } catch (cause) {
    // best effort: the reason to report is the first failure, not that of cleaning up
    await Promise.allSettled(given.map((field) => rm(temporary(field), { force: true })));
    throw new DataError(
      `${dir}: cannot be written (${codeOf(cause)}). Name a folder that you may write to.`,
      { cause },
    );
  }
}

async function refuseExisting(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const exists = await access(path).then(
      () => true,
      () => false,
    );
    if (exists) {
      throw new DataError(
        `${path}: already there. Name another folder, or set force to replace it.`,
      );
    }
  }
}
