import { DataError } from "../data-error.js";
import type { Splits } from "../dataset.js";
import { encodeBases } from "./bases.js";
import type { PickledValue } from "./parse-pickle.js";
import { type Pickled, pickled } from "./pickled.js";
import { type Place, placesDataset, scoresOf } from "./places-dataset.js";
import { SAME_SCALE, type Scale, scaleOf } from "./scale.js";

/** The three pickles of the CRISPR binding set, read. */
export interface BindingPickles {
  /** DNA sequences by record, then by index. */
  readonly dna: PickledValue;
  /** Positions by record, then by number: where on which sequence, and the binding measured there. */
  readonly reads: PickledValue;
  /** Pairs of record and position of each split. */
  readonly splits: PickledValue;
}

/** How the CRISPR binding set becomes datasets. */
export interface BindingOptions {
  /** The datasets are called `NAME/train`, `NAME/validation` and `NAME/test`. Default: `crispr`. */
  readonly name?: string;
  /** Symbols of each sequence. Default: 201. */
  readonly length?: number;
  /** Whether targets are scaled to mean 0 and deviation 1, both of the training split. Default: false. */
  readonly standardize?: boolean;
  /** What errors call each pickle, usually its path. Default: its field. */
  readonly label?: (pickle: keyof BindingPickles) => string;
}

/** Scored sequences as datasets. */
export interface ScoredSplits {
  readonly splits: Splits;
  /** How targets were scaled: a prediction times `deviation` plus `mean` is a score. */
  readonly scale: Scale;
}

/**
 * The datasets of the CRISPR binding set: inputs int32 `[201]`, targets float32 `[1]`, the apparent binding
 * affinity. A position covers `length` sequences that start one base after the other; they are cut
 * out of the record's DNA when a batch asks for them, so the set takes a byte a base.
 *
 * @throws {DataError} if a pickle lacks what another names, a letter is no base, a number is not finite,
 *   or a sequence ends behind its DNA.
 * @throws {RangeError} if `length` is not a positive integer.
 */
export function bindingSplits(pickles: BindingPickles, options: BindingOptions = {}): ScoredSplits {
  const { name = "crispr", length = 201, standardize = false, label = (field) => field } = options;
  if (!Number.isInteger(length) || length < 1) {
    throw new RangeError(`bindingSplits: length must be a positive integer; got ${length}.`);
  }
  const dna = dnaByRecord(pickled(pickles.dna, label("dna")));
  const reads = pickled(pickles.reads, label("reads"));
  const splits = pickled(pickles.splits, label("splits"));
  const places = (split: string) =>
    splits
      .get(split)
      .list()
      .map((pair) => placeOf(pair, { dna, reads, length }));
  const train = places("training");
  const scale = standardize ? scaleOf(scoresOf(train)) : SAME_SCALE;
  const dataset = (part: keyof Splits, own: readonly Place[]) => {
    if (own.every(({ count }) => count === 0)) {
      throw new DataError(
        `${splits.place}: the ${part} split must hold at least one sequence; got none. Fetch the file again.`,
      );
    }
    return placesDataset(own, { name: `${name}/${part}`, length, scale });
  };
  return {
    splits: {
      train: dataset("train", train),
      validation: dataset("validation", places("validation")),
      test: dataset("test", places("test")),
    },
    scale,
  };
}

type Dna = ReadonlyMap<PickledValue, readonly Uint8Array[]>;

/** What a pickle names again and again is encoded once, so that the arrays are no longer than the file. */
function dnaByRecord(dna: Pickled): Dna {
  const encoded = once((sequence: Pickled) => encodeBases(sequence.text(), sequence.place));
  const lists = once((sequences: Pickled) => sequences.list().map(encoded));
  return new Map(dna.entries().map(([record, sequences]) => [record, lists(sequences)]));
}

function once<T>(make: (from: Pickled) => T): (from: Pickled) => T {
  const made = new Map<PickledValue | undefined, T>();
  return (from) => {
    const known = made.get(from.value);
    if (known !== undefined) return known;
    const fresh = make(from);
    made.set(from.value, fresh);
    return fresh;
  };
}

interface Records {
  readonly dna: Dna;
  readonly reads: Pickled;
  readonly length: number;
}

function placeOf(pair: Pickled, { dna, reads, length }: Records): Place {
  const [record, position] = pair.pair();
  const read = reads.get(record).get(position);
  const sequences = dna.get(record) ?? [];
  const sequence = read.get("index_position").count();
  const start = read.get("start_offset").count();
  const count = read.get("length").count();
  const own = sequences[sequence];
  if (own === undefined) {
    throw new DataError(
      `${read.place}: its DNA must be there; got record ${String(record)}, sequence ${sequence} of ${sequences.length}. Use three files of one release.`,
    );
  }
  if (start + count - 1 + length > own.length) {
    throw new DataError(
      `${read.place}: ${count} sequences of ${length} bases from ${start} on must end within their DNA; got one of ${own.length} bases. Use three files of one release.`,
    );
  }
  return { dna: own, start, count, score: read.get("aba").number() };
}
