import { createReadStream } from "node:fs";
import { basename, extname, resolve } from "node:path";
import { CsvError, parse } from "csv-parse";
import { DataError, isDataError } from "../data-error.js";
import type { ScoredSplits } from "../sequences/binding-set.js";
import { type ScoreSplitsOptions, type ScoreTable, scoreSplits } from "../sequences/score-table.js";
import { fileProblem } from "./file-problem.js";
import type { ScoreColumns } from "./score-columns.js";
import { tableRows } from "./table-rows.js";

/**
 * Reads a table of scored sequences as three datasets, see {@link scoreSplits}.
 *
 * @param path a file with a line of column names first; separated by tabs, or commas (`.csv`), fields
 *   with a separator in double quotes.
 * @throws {DataError} as {@link readScoreTable}, and if there are too few rows for three splits.
 * @example
 * ```ts
 * const { splits, scale } = await readScores("doench2016_hg19.tsv", {
 *   ...{ sequence: "longSeq", score: "modFreq" },
 *   ...{ random: createRandom(7).split("splits"), standardize: true },
 * });
 * ```
 */
export async function readScores(
  path: string,
  options: ScoreColumns & ScoreSplitsOptions,
): Promise<ScoredSplits> {
  const { name = basename(resolve(path), extname(path)) } = options;
  return scoreSplits(await readScoreTable(path, options), { ...options, name });
}

/**
 * Reads a table of scored sequences; the file is read in pieces, and only symbols and scores are kept.
 *
 * @throws {DataError} if the file is missing or empty, lacks a column, or a row has another number of
 *   columns, a letter that is no base, another length, or a score that is not a finite number; it names
 *   the line.
 * @throws {RangeError} if `length` is not a positive integer.
 */
export async function readScoreTable(
  path: string,
  columns: ScoreColumns = {},
): Promise<ScoreTable> {
  const { delimiter = extname(path).toLowerCase() === ".csv" ? "," : "\t", length } = columns;
  if (length !== undefined && (!Number.isInteger(length) || length < 1)) {
    throw new RangeError(`readScoreTable: length must be a positive integer; got ${length}.`);
  }
  const file = createReadStream(path);
  const records = parse({
    ...{ delimiter, bom: true, info: true, skip_empty_lines: true },
    max_record_size: LONGEST_ROW,
  });
  file.on("error", (error) => records.destroy(error));
  file.pipe(records);
  try {
    return await tableRows(records, { path, delimiter, ...columns });
  } catch (cause) {
    throw problemOf(path, cause);
  } finally {
    file.destroy();
  }
}

/** Bytes; a quote that nobody closed would take in the rest of the file. */
const LONGEST_ROW = 2 ** 22;

function problemOf(path: string, cause: unknown): unknown {
  if (isDataError(cause)) return cause;
  if (cause instanceof CsvError) {
    const problem = cause.message.replaceAll(/\s+/g, " ").replace(/\.$/, "");
    const line = "lines" in cause ? `line ${cause["lines"]}: ` : "";
    return new DataError(
      `${path}: ${line}every row must have the columns of the first line: ${problem}. Correct that row.`,
      { cause },
    );
  }
  return cause instanceof Error && "syscall" in cause ? fileProblem(path, cause) : cause;
}
