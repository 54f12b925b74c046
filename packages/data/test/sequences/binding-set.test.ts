import {
  type BindingOptions,
  bindingSplits,
  decodeBases,
  isDataError,
  parsePickle,
} from "@muir/data";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bindingPlain, type MadeRecord, smallRecords } from "./binding-pickles.js";
import { type Plain, pickleBytes } from "./pickle-bytes.js";

const read = (plain: Record<"dna" | "reads" | "splits", Plain>, options: BindingOptions = {}) => {
  const parsed = (field: keyof typeof plain) => parsePickle(pickleBytes(plain[field]), field);
  const pickles = { dna: parsed("dna"), reads: parsed("reads"), splits: parsed("splits") };
  return bindingSplits(pickles, { length: 4, ...options });
};

const SIZE = 4;
const bases = (count: number) =>
  fc.array(fc.integer({ min: 0, max: 4 }), { minLength: count, maxLength: count });
const positions = fc.record({
  sequence: fc.nat({ max: 1 }),
  start: fc.nat({ max: 5 }),
  length: fc.integer({ min: 0, max: 3 }),
  aba: fc.double({ min: -3, max: 3, noNaN: true }),
  split: fc.constantFrom("training", "validation", "test"),
});
// one position of each split comes first, so that none is empty
const records = fc
  .array(
    fc.record({
      dna: fc.tuple(bases(12), bases(14)),
      positions: fc.array(positions, { maxLength: 5 }),
    }),
    { maxLength: 3 },
  )
  .map((more): MadeRecord[] => [...smallRecords, ...more]);

describe("bindingSplits", () => {
  test("cuts a position's sequences out one base after the other", () => {
    const { train } = read(bindingPlain(smallRecords)).splits;
    const { inputs, targets } = train.batch(Int32Array.of(0, 1, 2));
    expect(inputs.shape).toEqual([3, 4]);
    expect(decodeBases(inputs.data)).toBe("CGTN" + "GTNA" + "TNAC");
    expect(targets).toEqual({ shape: [3, 1], data: Float32Array.of(0.5, 0.5, 0.5) });
  });

  test("says its sizes and shapes", () => {
    const { train, validation, test: testing } = read(bindingPlain(smallRecords)).splits;
    expect([train.size, validation.size, testing.size]).toEqual([3, 1, 2]);
    expect([train.inputShape, train.targetShape, train.name]).toEqual([[4], [1], "crispr/train"]);
  });

  law("numbers all sequences of a split as a list of them would", records, (given) => {
    const { splits } = read(bindingPlain(given));
    for (const [part, split] of [
      ["train", "training"],
      ["validation", "validation"],
      ["test", "test"],
    ] as const) {
      const expected = given.flatMap(({ dna, positions }) =>
        positions
          .filter((position) => position.split === split)
          .flatMap(({ sequence, start, length, aba }) =>
            Array.from({ length }, (_, e) => ({
              sequence: dna[sequence]!.slice(start + e, start + e + SIZE),
              score: Math.fround(aba) + 0, // a pickle may have 0 for -0, and float32 -0 for -5e-324
            })),
          ),
      );
      const dataset = splits[part];
      expect(dataset.size).toBe(expected.length);
      const backwards = Int32Array.from(expected, (_, i) => expected.length - 1 - i);
      const { inputs, targets } = dataset.batch(backwards);
      const scores = Array.from(targets.data, (score) => score + 0);
      expect(scores).toEqual(expected.map(({ score }) => score).reverse());
      expect([...inputs.data]).toEqual(expected.toReversed().flatMap(({ sequence }) => sequence));
    }
  });

  test("scales targets by the training split alone", () => {
    const records: MadeRecord[] = [
      {
        ...smallRecords[0]!,
        positions: [
          ...smallRecords[0]!.positions,
          { sequence: 0, start: 0, length: 1, aba: 4.5, split: "training" },
        ],
      },
    ];
    // 0.5 thrice and 4.5 once: mean 1.5, deviation sqrt(3)
    const { splits, scale } = read(bindingPlain(records), { standardize: true });
    expect(scale.mean).toBe(1.5);
    expect(scale.deviation).toBeCloseTo(Math.sqrt(3), 12);
    const target = splits.test.batch(Int32Array.of(0)).targets.data[0];
    expect(target).toBeCloseTo((2.25 - 1.5) / Math.sqrt(3), 6);
  });

  const spoiled: [string, (plain: Record<"dna" | "reads" | "splits", Plain>) => void, string][] = [
    [
      "a letter that is no base",
      ({ dna }) => (dna as Map<Plain, Plain>).set(0, ["ACGX"]),
      'dna[0][0]: every letter must be one of A, C, G, T and N; got "X" at 4.',
    ],
    [
      "DNA that is too short",
      ({ dna }) => (dna as Map<Plain, Plain>).set(0, ["ACGTA"]),
      "reads[0][0]: 3 sequences of 4 bases from 1 on must end within their DNA; got one of 5 bases.",
    ],
    [
      "a record without DNA",
      ({ dna }) => (dna as Map<Plain, Plain>).delete(0),
      "reads[0][0]: its DNA must be there; got record 0, sequence 0 of 0.",
    ],
    [
      "a position that is not there",
      ({ splits }) => (splits as Map<Plain, Plain>).set("test", [{ pair: [0, 9] }]),
      "reads[0][9]: must be a dictionary; got nothing.",
    ],
    [
      "a split without positions",
      ({ splits }) => (splits as Map<Plain, Plain>).set("validation", []),
      "splits: the validation split must hold at least one sequence; got none.",
    ],
    [
      "a split that is missing",
      ({ splits }) => (splits as Map<Plain, Plain>).delete("validation"),
      'splits["validation"]: must be a list; got nothing.',
    ],
    [
      "a pair that is none",
      ({ splits }) => (splits as Map<Plain, Plain>).set("test", [[1, 2, 3]]),
      'splits["test"][0]: must be a pair; got a list of 3.',
    ],
  ];
  test.each(spoiled)("rejects %s, naming the place", (_, spoil, message) => {
    const plain = bindingPlain(smallRecords);
    spoil(plain);
    try {
      read(plain);
      expect.unreachable();
    } catch (error) {
      if (!isDataError(error)) throw error;
      expect(error.message).toContain(message);
    }
  });

  test.each([
    ["start_offset", -1, "must be a whole number, 0 or more; got -1"],
    ["length", 1.5, "must be a whole number, 0 or more; got 1.5"],
    ["aba", "0.5", 'must be a finite number; got "0.5"'],
    ["aba", Number.NaN, "must be a finite number; got NaN"],
  ])("rejects a position whose %s is %s", (key, value, message) => {
    const plain = bindingPlain(smallRecords);
    const positions = (plain.reads as Map<Plain, Map<Plain, Map<Plain, Plain>>>).get(0)!;
    positions.get(0)!.set(key, value);
    expect(() => read(plain)).toThrow(`reads[0][0]["${key}"]: ${message}`);
  });

  test("holds DNA once that a small pickle names ten million times", () => {
    // dna, kept as 1; [dna, dna, ...], kept as 2; {0: that list, 1: that list, ...}: two bytes a name
    const latin = (text: string) => Buffer.from(text, "latin1");
    const record = (i: number) => Buffer.of(0x4d, i & 255, i >> 8, 0x68, 2);
    const file = Buffer.concat([
      pickleBytes("ACGT".repeat(5000)).subarray(0, -1),
      latin(`q\x01]q\x02(${"h\x01".repeat(3000)}e}(`),
      ...Array.from({ length: 3000 }, (_, i) => record(i)),
      latin("u."),
    ]);
    const plain = bindingPlain(smallRecords);
    const parsed = (field: "reads" | "splits") => parsePickle(pickleBytes(plain[field]), field);
    const before = process.memoryUsage().arrayBuffers;
    const pickles = {
      dna: parsePickle(file, "dna"),
      reads: parsed("reads"),
      splits: parsed("splits"),
    };
    expect(bindingSplits(pickles, { length: 4 }).splits.train.size).toBe(3);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e7);
  });
});
