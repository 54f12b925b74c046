import { DataError } from "../data-error.js";
import type { Dataset, Splits } from "../dataset.js";
import { shuffledOrder } from "../order.js";
import type { SplittableRandom } from "../splittable-random.js";
import { subset } from "../subset.js";
import { decodeBases } from "./bases.js";
import type { ScoredSplits } from "./binding-set.js";
import { SAME_SCALE, type Scale, scaleOf } from "./scale.js";
import { sequenceDataset } from "./sequence-dataset.js";

/** Sequences of one length with a score each. */
export interface ScoreTable {
  /** Symbols `[rows, length]`, see {@link encodeBases}. */
  readonly symbols: Uint8Array;
  readonly length: number;
  /** `[rows]`. */
  readonly scores: Float64Array;
}

/** How a table of scored sequences becomes datasets. */
export interface ScoreSplitsOptions {
  /** Decides which rows train, validate and test; `random.split("rows")` is all it takes. */
  readonly random: SplittableRandom;
  /** The datasets are called `NAME/train`, `NAME/validation` and `NAME/test`. Default: `scores`. */
  readonly name?: string;
  /** The share of the rows that validates, and the share that tests. Default: 0.1 each. */
  readonly shares?: { readonly validation: number; readonly test: number };
  /** Whether targets are scaled to mean 0 and deviation 1, both of the training split. Default: false. */
  readonly standardize?: boolean;
}

/**
 * The datasets of a table of scored sequences, its rows dealt out by `random`: inputs int32 `[length]`,
 * targets float32 `[1]`. Rows of the same sequence go to the same split.
 *
 * @throws {RangeError} if the shares are not above 0 or leave nothing to train on, or the table's arrays
 *   do not fit together.
 * @throws {DataError} if there are too few different sequences for three splits.
 */
export function scoreSplits(table: ScoreTable, options: ScoreSplitsOptions): ScoredSplits {
  const { random, name = "scores", shares = { validation: 0.1, test: 0.1 } } = options;
  const { symbols, length, scores } = table;
  if (symbols.length !== scores.length * length) {
    throw new RangeError(
      `scoreSplits: ${scores.length} sequences of ${length} symbols must have ${scores.length * length}; got ${symbols.length}.`,
    );
  }
  if (!(shares.validation > 0 && shares.test > 0 && shares.validation + shares.test < 1)) {
    throw new RangeError(
      `scoreSplits: shares must be above 0 and leave some rows to train on; got ${shares.validation} and ${shares.test}.`,
    );
  }
  const parts = dealt(table, { name, shares, random: random.split("rows") });
  const scale = options.standardize
    ? scaleOf(Array.from(parts.train, (row) => scores[row]!))
    : SAME_SCALE;
  const all = wholeTable(table, { name, scale });
  const part = (split: keyof Splits) => subset(all, parts[split], { name: `${name}/${split}` });
  return {
    splits: { train: part("train"), validation: part("validation"), test: part("test") },
    scale,
  };
}

function wholeTable(
  { symbols, length, scores }: ScoreTable,
  { name, scale }: { name: string; scale: Scale },
): Dataset {
  const at = (row: number) => ({
    symbols: symbols.subarray(row * length, (row + 1) * length),
    score: scores[row]!,
  });
  return sequenceDataset(at, { name, size: scores.length, length, scale });
}

interface Deal {
  readonly name: string;
  readonly shares: { readonly validation: number; readonly test: number };
  readonly random: () => number;
}

/** The rows of each split, ascending. */
function dealt(table: ScoreTable, { name, shares, random }: Deal): Record<keyof Splits, number[]> {
  const groups = rowsOfEach(table);
  const validation = Math.max(1, Math.round(groups.length * shares.validation));
  const test = Math.max(1, Math.round(groups.length * shares.test));
  if (validation + test >= groups.length) {
    throw new DataError(
      `${name}: ${groups.length} different sequences are too few for three splits; got ${validation} to validate and ${test} to test. Give more rows or smaller shares.`,
    );
  }
  const order = [...shuffledOrder(groups.length, random)];
  const rows = (from: number, to?: number) =>
    order
      .slice(from, to)
      .flatMap((group) => groups[group]!)
      .sort((a, b) => a - b);
  return {
    validation: rows(0, validation),
    test: rows(validation, validation + test),
    train: rows(validation + test),
  };
}

/** The rows of each different sequence. */
function rowsOfEach({ symbols, length, scores }: ScoreTable): number[][] {
  const groups = new Map<string, number[]>();
  for (let row = 0; row < scores.length; row++) {
    const key = decodeBases(symbols.subarray(row * length, (row + 1) * length));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}
