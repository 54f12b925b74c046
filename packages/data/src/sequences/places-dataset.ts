import type { Dataset } from "../dataset.js";
import type { Scale } from "./scale.js";
import { sequenceDataset } from "./sequence-dataset.js";

/** Neighbouring sequences with one score. */
export interface Place {
  readonly dna: Uint8Array;
  readonly start: number;
  /** How many there are, each a base after the one before. */
  readonly count: number;
  readonly score: number;
}

/** The score of each sequence, one after the other. */
export function* scoresOf(places: readonly Place[]): Generator<number> {
  for (const { count, score } of places) for (let i = 0; i < count; i++) yield score;
}

/** The sequences of all places, numbered through; each is cut out when it is asked for. */
export function placesDataset(
  places: readonly Place[],
  { name, length, scale }: { name: string; length: number; scale: Scale },
): Dataset {
  const ends = new Float64Array(places.length);
  let size = 0;
  places.forEach(({ count }, i) => {
    size += count;
    ends[i] = size;
  });
  const at = (index: number) => {
    const i = firstAbove(ends, index);
    const { dna, start, count, score } = places[i]!;
    const first = start + index - (ends[i]! - count);
    return { symbols: dna.subarray(first, first + length), score };
  };
  return sequenceDataset(at, { name, size, length, scale });
}

/** The first place in ascending `ends` whose number is above `index`. */
function firstAbove(ends: Float64Array, index: number): number {
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! > index) high = middle;
    else low = middle + 1;
  }
  return low;
}
