import { extname, join } from "node:path";
import { DataError } from "../../data-error.js";
import { parseCifarBatch } from "../../images/parse-cifar-batch.js";
import { DATA_NAMES, type DataName } from "../fetch/data-sources.js";
import { type FindDataOptions, findData } from "../fetch/find-data.js";
import { isThere, pathKind } from "../path-kind.js";
import { readBytes } from "../read-bytes.js";
import { readCifar10Images } from "../read-cifar10.js";
import { findBindingFolder } from "../read-crispr-binding.js";
import type { ScoreColumns } from "../score-columns.js";
import { findTextFiles } from "../text-files.js";
import { describeImages } from "./describe-images.js";
import { describeNpy, describeRegression } from "./describe-regression.js";
import { describeBinding, describeTable } from "./describe-sequences.js";
import { describeTextFile, describeTextFolder } from "./describe-text.js";
import type { DataDescription } from "./description.js";

const CIFAR_RECORD = 3073;

/**
 * Reads data and says what it is: counts, shapes, first examples, of images a contact sheet.
 *
 * @param data the name of a dataset that was fetched, or a folder or file that a reader of this package
 *   understands.
 * @param options where fetched data is; the columns of a table.
 * @throws {DataError} if nothing is there, it is not understood, or it is not as it must be.
 * @example
 * ```ts
 * const { kind, facts } = await describeData("doench2016_hg19.tsv", {
 *   ...{ sequence: "longSeq", score: "modFreq" },
 * });
 * ```
 */
export async function describeData(
  data: string,
  options: FindDataOptions & ScoreColumns = {},
): Promise<DataDescription> {
  const path = isDataName(data) ? await findData(data, options) : data;
  return (await pathKind(path)) === "folder" ? describeFolder(path) : describeFile(path, options);
}

const isDataName = (data: string): data is DataName =>
  (DATA_NAMES as readonly string[]).includes(data);

async function describeFolder(path: string): Promise<DataDescription> {
  const holds = (file: string) => isThere(join(path, file));
  const batch = "data_batch_1";
  if (
    (await holds(`${batch}.bin`)) ||
    (await holds(`${batch}.png`)) ||
    (await holds(`cifar-10-batches-bin/${batch}.bin`))
  ) {
    return describeImages(path, { ...(await readCifar10Images(path)) });
  }
  if ((await findBindingFolder(path)) !== undefined) return describeBinding(path);
  if ((await findTextFiles(path)) !== undefined) return describeTextFolder(path);
  if (await holds("train_X.npy")) return describeRegression(path);
  throw new DataError(
    `${path}: a folder must hold CIFAR-10 (data_batch_1.bin or .png), text (train.txt, valid.txt, test.txt or wiki.*.tokens), the CRISPR binding set (three .pkl) or regression tasks (train_X.npy); got none of them. Name a file in it.`,
  );
}

async function describeFile(path: string, columns: ScoreColumns): Promise<DataDescription> {
  if (columns.sequence !== undefined) return describeTable(path, columns);
  switch (extname(path).toLowerCase()) {
    case ".gz":
    case ".tgz":
    case ".tar":
      return describeImages(path, { ...(await readCifar10Images(path)) });
    case ".bin": {
      const bytes = await readBytes(path);
      const records = Math.max(1, Math.round(bytes.length / CIFAR_RECORD));
      return describeImages(path, { images: parseCifarBatch(bytes, { name: path, records }) });
    }
    case ".tsv":
    case ".csv":
      return describeTable(path, columns);
    case ".npy":
      return describeNpy(path);
    default:
      return describeTextFile(path);
  }
}
