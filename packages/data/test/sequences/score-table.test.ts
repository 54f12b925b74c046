import { isDataError, type ScoreTable, scoreSplits } from "@muir/data";
import { createRandom } from "@muir/random";
import { law, randomSeeds } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

/** Rows whose two symbols spell their group, and whose score is their row. */
function table(groups: readonly number[]): ScoreTable {
  return {
    symbols: Uint8Array.from(groups.flatMap((group) => [Math.floor(group / 5), group % 5])),
    length: 2,
    scores: Float64Array.from(groups, (_, row) => row),
  };
}
const different = (count: number) => table([...Array(count).keys()]);

const rowsOf = (dataset: {
  size: number;
  batch: ReturnType<typeof scoreSplits>["splits"]["train"]["batch"];
}) => [...dataset.batch(Int32Array.from({ length: dataset.size }, (_, i) => i)).targets.data];

describe("scoreSplits", () => {
  test("deals twenty rows out by the shares, with shapes for a regression on symbols", () => {
    const { splits, scale } = scoreSplits(different(20), {
      random: createRandom(1),
      name: "guides",
    });
    expect(Object.values(splits).map(({ size }) => size)).toEqual([16, 2, 2]);
    expect(splits.test.name).toBe("guides/test");
    expect([splits.train.inputShape, splits.train.targetShape]).toEqual([[2], [1]]);
    expect(scale).toEqual({ mean: 0, deviation: 1 });
  });

  test("gives symbols and scores of one row together", () => {
    const { train } = scoreSplits(different(20), { random: createRandom(1) }).splits;
    const { inputs, targets } = train.batch(Int32Array.of(3));
    const row = targets.data[0]!;
    expect([...inputs.data]).toEqual([Math.floor(row / 5), row % 5]);
    expect(inputs.data).toBeInstanceOf(Int32Array);
  });

  const tables = fc.record({
    groups: fc.array(fc.nat({ max: 24 }), { maxLength: 30 }).map((more) => [0, 1, 2, 3, ...more]), // four different ones at least
    seed: randomSeeds(),
    validation: fc.double({ min: 0.05, max: 0.3, noNaN: true }),
    test: fc.double({ min: 0.05, max: 0.3, noNaN: true }),
  });
  type Tables = typeof tables extends fc.Arbitrary<infer T> ? T : never;
  const split = ({ groups, seed, validation, test }: Tables) =>
    scoreSplits(table(groups), { random: createRandom(seed), shares: { validation, test } }).splits;

  law("gives every row to one split, and one sequence never to two", tables, (given) => {
    const { train, validation, test } = split(given);
    const parts = [train, validation, test].map(rowsOf);
    expect(parts.flat().sort((a, b) => a - b)).toEqual([...given.groups.keys()]);
    const sequences = parts.map((rows) => new Set(rows.map((row) => given.groups[row])));
    const once = new Set(given.groups).size;
    expect(sequences.reduce((sum, { size }) => sum + size, 0)).toBe(once);
  });

  law("follows from the seed alone", tables, (given) => {
    expect(rowsOf(split(given).test)).toEqual(rowsOf(split(given).test));
  });

  test("deals otherwise with another seed", () => {
    const tests = [1, 2, 3, 4].map((seed) =>
      String(rowsOf(scoreSplits(different(20), { random: createRandom(seed) }).splits.test)),
    );
    expect(new Set(tests).size).toBeGreaterThan(1);
  });

  law("scales the training scores to mean 0 and deviation 1, and back", tables, (given) => {
    const random = createRandom(given.seed);
    const { splits, scale } = scoreSplits(table(given.groups), { random, standardize: true });
    const scaled = rowsOf(splits.train);
    const mean = scaled.reduce((sum, value) => sum + value, 0) / scaled.length;
    expect(mean).toBeCloseTo(0, 5);
    const square = scaled.reduce((sum, value) => sum + value ** 2, 0) / scaled.length;
    expect(square).toBeCloseTo(scaled.length > 1 ? 1 : 0, 4);
    const plain = scoreSplits(table(given.groups), { random }).splits;
    const back = rowsOf(splits.test).map((value) => value * scale.deviation + scale.mean);
    rowsOf(plain.test).forEach((value, i) => void expect(back[i]).toBeCloseTo(value, 3));
  });

  test("rejects shares and tables that do not fit", () => {
    const random = createRandom(1);
    const make = (validation: number, testing: number) => () =>
      scoreSplits(different(20), { random, shares: { validation, test: testing } });
    expect(make(0, 0.1)).toThrow("shares must be above 0 and leave some rows to train on; got 0");
    expect(make(0.5, 0.5)).toThrow("got 0.5 and 0.5");
    const odd = { ...different(2), length: 3 };
    expect(() => scoreSplits(odd, { random })).toThrow(
      "2 sequences of 3 symbols must have 6; got 4",
    );
    try {
      scoreSplits(table([1, 1, 1, 2, 2]), { random, name: "few" });
      expect.unreachable();
    } catch (error) {
      if (!isDataError(error)) throw error;
      expect(error.message).toContain("few: 2 different sequences are too few for three splits");
    }
  });
});
