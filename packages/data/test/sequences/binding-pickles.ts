import { type BindingPickles, decodeBases } from "@muir/data";
import type { Plain } from "./pickle-bytes.js";

/** One position of a made-up binding set. */
export interface Position {
  readonly sequence: number;
  readonly start: number;
  readonly length: number;
  readonly aba: number;
}

/** A record: its DNA, its positions, and which split each is in. */
export interface MadeRecord {
  readonly dna: readonly (readonly number[])[];
  readonly positions: readonly (Position & { readonly split: string })[];
}

/** The three dictionaries of such records, as their pickles hold them. */
export function bindingPlain(records: readonly MadeRecord[]): Record<keyof BindingPickles, Plain> {
  const splits = ["training", "validation", "test"];
  return {
    dna: new Map(records.map(({ dna }, record) => [record, dna.map(decodeBases)])),
    reads: new Map(
      records.map(({ positions }, record) => [
        record,
        new Map(
          positions.map(({ sequence, start, length, aba }, position): [Plain, Plain] => [
            position,
            new Map<Plain, Plain>([
              ["length", length],
              ["index_position", sequence],
              ["start_offset", start],
              ["aba", aba],
            ]),
          ]),
        ),
      ]),
    ),
    splits: new Map(
      splits.map((split) => [
        split,
        records.flatMap(({ positions }, record) =>
          positions.flatMap((each, position) =>
            each.split === split ? [{ pair: [record, position] } as const] : [],
          ),
        ),
      ]),
    ),
  };
}

/** Three positions on one stretch of DNA, one for each split. */
export const smallRecords: readonly MadeRecord[] = [
  {
    dna: [[1, 2, 3, 4, 0, 1, 2, 3, 4, 4]],
    positions: [
      { sequence: 0, start: 1, length: 3, aba: 0.5, split: "training" },
      { sequence: 0, start: 0, length: 1, aba: -1.25, split: "validation" },
      { sequence: 0, start: 5, length: 2, aba: 2.25, split: "test" },
    ],
  },
];
