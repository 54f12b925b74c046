import {
  arrayDataset,
  type Batches,
  type BatchesOptions,
  batches,
  restoreBatches,
} from "@muir/data";
import { createRandom } from "@muir/random";
import { law, randomSeeds } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

/** Examples whose input and target are their own number. */
const numbered = (size: number) =>
  arrayDataset({
    name: "numbered",
    inputs: { shape: [size], data: Float32Array.from({ length: size }, (_, i) => i) },
    targets: { shape: [size], data: Int32Array.from({ length: size }, (_, i) => i) },
  });

const numbersOf = (cursor: Batches) => [...cursor.next().inputs.data];
const times = <T>(count: number, act: () => T) => Array.from({ length: count }, act);

const cuts = fc.record({
  examples: fc.integer({ min: 1, max: 30 }),
  size: fc.integer({ min: 1, max: 12 }),
  shuffle: fc.boolean(),
  partial: fc.constantFrom("drop" as const, "keep" as const),
  seed: randomSeeds(),
});
type Cuts = typeof cuts extends fc.Arbitrary<infer T> ? T : never;

const optionsOf = ({ size, shuffle, partial, seed }: Cuts): BatchesOptions => ({
  size,
  shuffle,
  partial,
  random: createRandom(seed),
});

describe("batches", () => {
  test("cut five examples in natural order into two batches an epoch, the fifth left out", () => {
    const cursor = batches(numbered(5), { size: 2, shuffle: false });
    expect(times(3, () => numbersOf(cursor))).toEqual([
      [0, 1],
      [2, 3],
      [0, 1],
    ]);
    expect(cursor.state()).toEqual({ epoch: 1, position: 2 });
  });

  test("keep the fifth when asked to", () => {
    const cursor = batches(numbered(5), { size: 2, shuffle: false, partial: "keep" });
    expect(times(4, () => numbersOf(cursor))).toEqual([[0, 1], [2, 3], [4], [0, 1]]);
  });

  law("visit every example exactly once in each epoch", cuts, (given) => {
    const cursor = batches(numbered(given.examples), { ...optionsOf(given), partial: "keep" });
    for (const epoch of [0, 1, 2]) {
      const visited: number[] = [];
      while (visited.length < given.examples) visited.push(...numbersOf(cursor));
      expect(visited.sort((a, b) => a - b)).toEqual(
        times(given.examples, () => 0).map((_, i) => i),
      );
      expect(cursor.state()).toEqual({ epoch, position: given.examples });
    }
  });

  law("are all of one size and never repeat an example when the rest is dropped", cuts, (given) => {
    const cursor = batches(numbered(given.examples), { ...optionsOf(given), partial: "drop" });
    const size = Math.min(given.size, given.examples);
    const inEpoch = times(Math.floor(given.examples / size), () => numbersOf(cursor));
    expect(inEpoch.every((batch) => batch.length === size)).toBe(true);
    expect(new Set(inEpoch.flat()).size).toBe(inEpoch.flat().length);
    expect(cursor.state().epoch).toBe(0);
    cursor.next();
    expect(cursor.state()).toEqual({ epoch: 1, position: size });
  });

  law(
    "are the same object, the whole in natural order, when the size reaches it",
    cuts,
    (given) => {
      const examples = Math.min(given.size, given.examples);
      const cursor = batches(numbered(examples), optionsOf(given));
      const first = cursor.next();
      expect([...first.inputs.data]).toEqual(times(examples, () => 0).map((_, i) => i));
      expect(cursor.next()).toBe(first);
      expect(cursor.state()).toEqual({ epoch: 1, position: examples });
    },
  );

  law("follow from the seed alone", cuts, (given) => {
    const run = () => {
      const cursor = batches(numbered(given.examples), optionsOf(given));
      return times(12, () => numbersOf(cursor));
    };
    expect(run()).toEqual(run());
  });

  test("come in another order in every epoch", () => {
    const cursor = batches(numbered(20), { size: 10, random: createRandom(3) });
    const epochs = times(5, () => String([...numbersOf(cursor), ...numbersOf(cursor)]));
    expect(new Set(epochs).size).toBe(5);
  });

  test("start with every example equally often (chi-square, 999 of 1000)", () => {
    const counts = new Array<number>(10).fill(0);
    const cursor = batches(numbered(10), { size: 1, random: createRandom(11) });
    for (let draw = 0; draw < 20_000; draw++) {
      const number = numbersOf(cursor)[0]!;
      if (cursor.state().position === 1) counts[number]!++;
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0);
    expect(chiSquare).toBeLessThan(27.9); // 9 degrees of freedom
  });

  test("reject what they cannot cut", () => {
    const random = createRandom(1);
    expect(() => batches(numbered(5), { size: 0, random })).toThrow(
      "batches: size must be a positive integer; got 0.",
    );
    expect(() => batches(numbered(5), { size: 2.5, random })).toThrow("got 2.5");
    expect(() => batches(numbered(0), { size: 1, random })).toThrow(
      "batches: the dataset must hold at least one example; numbered holds 0.",
    );
    expect(() => batches(numbered(5), { size: 1 })).toThrow("shuffling needs random");
    const partial = "skip" as "drop";
    expect(() => batches(numbered(5), { size: 1, random, partial })).toThrow(
      'partial must be "drop" or "keep"; got skip',
    );
  });
});

describe("restoreBatches", () => {
  const stops = fc.tuple(cuts, fc.integer({ min: 0, max: 20 }));

  law("goes on with the batches that would have followed", stops, ([given, steps]) => {
    const dataset = numbered(given.examples);
    const cursor = batches(dataset, optionsOf(given));
    times(steps, () => cursor.next());
    const saved = JSON.parse(JSON.stringify(cursor.state()));
    const restored = restoreBatches(dataset, optionsOf(given), saved);
    expect(restored.state()).toEqual(cursor.state());
    expect(times(12, () => numbersOf(restored))).toEqual(times(12, () => numbersOf(cursor)));
  });

  test("keeps to the rest of the epoch when the batch size changes", () => {
    const random = createRandom(5);
    const state = { epoch: 0, position: 4 };
    const rest = restoreBatches(numbered(10), { size: 3, random }, state);
    const given = batches(numbered(10), { size: 4, random }).next().inputs.data;
    const seen = [...given, ...numbersOf(rest), ...numbersOf(rest)];
    expect(seen.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test("starts an epoch of the whole dataset wherever the state stands", () => {
    const options = { size: 10, shuffle: false, partial: "keep" } as const;
    const cursor = restoreBatches(numbered(10), options, { epoch: 2, position: 4 });
    expect(cursor.next().size).toBe(10);
    expect(cursor.state()).toEqual({ epoch: 3, position: 10 });
  });

  test("rejects states outside the dataset", () => {
    const options = { size: 2, shuffle: false };
    const restore = (epoch: number, position: number) => () =>
      restoreBatches(numbered(5), options, { epoch, position });
    expect(restore(-1, 0)).toThrow("state.epoch must be an integer, 0 or more; got -1");
    expect(restore(0, 6)).toThrow("from 0 to the 5 examples of numbered; got 6");
    expect(restore(0, Number.NaN)).toThrow("got NaN");
    expect(() => restoreBatches(numbered(5), { size: 0 }, { epoch: 0, position: 0 })).toThrow(
      "restoreBatches: size",
    );
  });
});
