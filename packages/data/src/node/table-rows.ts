import { DataError } from "../data-error.js";
import { encodeBases } from "../sequences/bases.js";
import type { ScoreTable } from "../sequences/score-table.js";
import type { ScoreColumns } from "./score-columns.js";

/** One row as the library gives it. */
interface TableRecord {
  readonly record: readonly string[];
  /** `lines`: the line it ends on. */
  readonly info: { readonly lines: number };
}

/** Which file the rows are of, and where in them sequences and scores are. */
interface RowsOptions extends ScoreColumns {
  readonly path: string;
  readonly delimiter: string;
}

/** The symbols and scores of all rows after the first, which names the columns. */
export async function tableRows(
  records: AsyncIterable<TableRecord>,
  { path, delimiter, sequence = "sequence", score = "score", length: given }: RowsOptions,
): Promise<ScoreTable> {
  let places: { readonly sequence: number; readonly score: number } | undefined;
  let length = given;
  let symbols = new Uint8Array(2 ** 12); // doubled when full: an array for each row would take 20 times as much
  const scores: number[] = [];
  for await (const { record, info } of records) {
    if (places === undefined) {
      places = { sequence: placeOf(sequence, record), score: placeOf(score, record) };
      continue;
    }
    const line = `${path}: line ${info.lines}`;
    const letters = record[places.sequence]!;
    length ??= letters.length;
    if (letters.length === 0 || (given === undefined && letters.length !== length)) {
      throw new DataError(
        `${line}: every sequence must have ${length} letters, as the first has; got ${letters.length}. Correct it, or set length to cut and fill up all.`,
      );
    }
    const end = scores.length * length;
    if (end + length > symbols.length) symbols = copied(symbols, 2 * (end + length));
    symbols.set(fitted(encodeBases(letters, `${line}, ${sequence}`), length), end);
    scores.push(finite(record[places.score]!, `${line}, ${score}`));
  }
  if (length === undefined) {
    const got = places === undefined ? "an empty file" : "no row";
    throw new DataError(
      `${path}: must hold a line of column names and at least one row; got ${got}. Give another file.`,
    );
  }
  const own = symbols.slice(0, scores.length * length);
  return { symbols: own, length, scores: Float64Array.from(scores) };

  function placeOf(column: string, head: readonly string[]): number {
    const place = head.indexOf(column);
    if (place >= 0 && head.indexOf(column, place + 1) < 0) return place;
    const problem = place < 0 ? "must name a column" : "must name one column";
    throw new DataError(
      `${path}: the first line ${problem} ${JSON.stringify(column)}; got ${head.map((each) => JSON.stringify(each.slice(0, 30))).join(", ")} (separated by ${JSON.stringify(delimiter)}). Say which columns hold the sequences and the scores.`,
    );
  }
}

function copied(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(size);
  copy.set(bytes);
  return copy;
}

/** The middle `length` symbols, or all with N on both sides. */
function fitted(symbols: Uint8Array, length: number): Uint8Array {
  const over = symbols.length - length;
  if (over >= 0) return symbols.slice(over >> 1, (over >> 1) + length);
  const filled = new Uint8Array(length);
  filled.set(symbols, -over >> 1);
  return filled;
}

function finite(text: string, place: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isFinite(value) && Number.isFinite(Math.fround(value))) return value;
  throw new DataError(
    `${place}: must be a finite number; got ${JSON.stringify(text.slice(0, 30))}. Correct it, or leave that row out.`,
  );
}
