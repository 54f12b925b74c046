import { type ProposeOptions, propose, usage } from "@muir/ea";
import { createRandom } from "@muir/random";
import { law } from "@muir/test-kit";
import { describe, expect, test } from "vitest";
import { searches } from "./cases.js";
import { chiSquare, chiSquareLimit, sample } from "./statistics.js";

const every: ProposeOptions = {
  modules: 4,
  lambda: 1,
  fraction: 1,
  sampling: "proportional",
  reviveProbability: 0,
};

describe("propose", () => {
  test("gives half of the locations a challenger each", () => {
    const options = { modules: 4, lambda: 1, fraction: 0.5, sampling: "proportional" } as const;
    const proposal = propose(Int32Array.of(0, 1, 2, 3), options, createRandom(7));
    expect(proposal.locations).toEqual(Int32Array.of(2, 3));
    expect(proposal.challengers).toEqual(Int32Array.of(3, 0));
    expect(proposal.revived).toHaveLength(0);
  });

  test("can only revive where nothing is in use but one module", () => {
    const options = { ...every, modules: 2, lambda: 2, reviveProbability: 1 };
    const proposal = propose(Int32Array.of(0, 0), options, createRandom(1));
    expect(proposal.challengers).toEqual(Int32Array.of(1, 1, 1, 1));
    expect(proposal.revived).toEqual(Int32Array.of(1));
  });

  law("lists distinct locations in order, with lambda modules each", searches(), (given) => {
    const { alignment, options } = given;
    const { locations, challengers, lambda } = propose(
      alignment,
      options,
      createRandom(given.seed),
    );
    const percent = Math.round(options.fraction * 100);
    expect(locations).toHaveLength(Math.ceil((percent * alignment.length) / 100));
    expect([...new Set(locations)].toSorted((a, b) => a - b)).toEqual([...locations]);
    expect(locations.every((location) => location >= 0 && location < alignment.length)).toBe(true);
    expect(lambda).toBe(options.lambda);
    expect(challengers).toHaveLength(locations.length * lambda);
    expect(challengers.every((module) => module >= 0 && module < options.modules)).toBe(true);
  });

  law("lists the unused modules among the challengers as revived", searches(), (given) => {
    const { alignment, options } = given;
    const { challengers, revived } = propose(alignment, options, createRandom(given.seed));
    const uses = usage(alignment, options.modules);
    const unused = [...new Set(challengers)].filter((module) => uses[module] === 0);
    expect([...revived]).toEqual(unused.toSorted((a, b) => a - b));
    if (options.sampling === "proportional" && options.reviveProbability === 0) {
      expect(revived).toHaveLength(0);
    }
  });

  law("repeats itself for the same seed and changes nothing it is given", searches(), (given) => {
    const { alignment, options, seed } = given;
    const before = alignment.slice();
    const proposal = propose(alignment, options, createRandom(seed));
    expect(propose(before, options, createRandom(seed))).toEqual(proposal);
    expect(alignment).toEqual(before);
  });

  test.each([
    [0.1, 30, 3],
    [0.07, 100, 7],
    [0.55, 100, 55],
    [0.500001, 1_000_000, 500_001],
    [0.7, 10, 7],
    [0.29, 100, 29],
    [0.5, 3, 2],
    [1, 7, 7],
    [1e-9, 2, 1],
  ])("rounds %d of %i locations up to %i", (fraction, locations, chosen) => {
    const options = { ...every, modules: 1, fraction };
    const proposal = propose(new Int32Array(locations), options, createRandom(1));
    expect(proposal.locations).toHaveLength(chosen);
  });

  test("draws modules in proportion to their use", () => {
    const random = createRandom(5);
    const alignment = Int32Array.of(0, 1, 1, 2, 2, 2, 3, 3, 3, 3);
    const counts = new Int32Array(4);
    for (let run = 0; run < 1000; run++) {
      for (const module of propose(alignment, every, random).challengers) counts[module]!++;
    }
    expect(chiSquare(counts, [0.1, 0.2, 0.3, 0.4])).toBeLessThan(chiSquareLimit[3]!);
  });

  test("draws all modules alike when uniform, used or not", () => {
    const random = createRandom(6);
    const options = { ...every, modules: 5, sampling: "uniform" } as const;
    const counts = new Int32Array(5);
    for (let run = 0; run < 1000; run++) {
      for (const module of propose(Int32Array.of(3, 3, 3, 0, 0), options, random).challengers) {
        counts[module]!++;
      }
    }
    expect(chiSquare(counts, [0.2, 0.2, 0.2, 0.2, 0.2])).toBeLessThan(chiSquareLimit[4]!);
  });

  test("draws all sets of locations alike", () => {
    const random = createRandom(7);
    const counts = new Map<string, number>();
    for (let run = 0; run < 3000; run++) {
      const options = { ...every, modules: 1, fraction: 0.5 };
      const drawn = propose(new Int32Array(4), options, random).locations.join();
      counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
    }
    const shares = Array<number>(6).fill(1 / 6); // 4 choose 2
    expect(counts.size).toBe(6);
    expect(chiSquare([...counts.values()], shares)).toBeLessThan(chiSquareLimit[5]!);
  });

  test("revives with the probability asked for, all unused modules alike", () => {
    const random = createRandom(8);
    const options = { ...every, modules: 5, lambda: 10, reviveProbability: 0.05 };
    const counts = new Int32Array(5);
    const revivals = () => {
      const { challengers } = propose(Int32Array.of(0, 0), options, random);
      for (const module of challengers) counts[module]!++;
      return challengers.filter((module) => module > 0).length / challengers.length;
    };
    const { mean, error } = sample(revivals, 2000);
    expect(Math.abs(mean - 0.05)).toBeLessThan(4 * error);
    expect(chiSquare(counts.slice(1), [0.25, 0.25, 0.25, 0.25])).toBeLessThan(chiSquareLimit[3]!);
  });

  test.each([
    [{ lambda: 0 }, "lambda must be a positive integer; got 0"],
    [{ lambda: 1.5 }, "lambda must be a positive integer; got 1.5"],
    [{ modules: 0 }, "modules must be a positive integer; got 0"],
    [{ fraction: 0 }, "fraction must be above 0 and at most 1; got 0"],
    [{ fraction: 1.01 }, "fraction must be above 0 and at most 1; got 1.01"],
    [{ fraction: Number.NaN }, "fraction must be above 0 and at most 1; got NaN"],
    [{ reviveProbability: -0.1 }, "reviveProbability must be from 0 to 1; got -0.1"],
    [{ modules: 2 }, "alignment must hold integers from 0 to 1; got 3 at location 1"],
    [{ sampling: "greedy" as "uniform" }, 'sampling must be "proportional" or "uniform"'],
  ])("rejects %j", (wrong, message) => {
    const run = () => propose(Int32Array.of(0, 3), { ...every, ...wrong }, createRandom(1));
    expect(run).toThrow(RangeError);
    expect(run).toThrow(`propose: ${message}`);
  });

  test("rejects an alignment of one location, or of another kind", () => {
    const one = () => propose(Int32Array.of(0), every, createRandom(1));
    expect(one).toThrow("propose: a search needs at least two locations; got 1.");
    const plain = () => propose([0, 1] as unknown as Int32Array, every, createRandom(1));
    expect(plain).toThrow(TypeError);
    expect(plain).toThrow("propose: alignment must be an Int32Array; got Array.");
  });
});
