import { type InitialStrategy, initialAlignment } from "@muir/ea";
import { createRandom } from "@muir/random";
import { law, randomSeeds } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alignments } from "./cases.js";

describe("initialAlignment", () => {
  test("gives every location its own module", () => {
    expect(initialAlignment("disjoint", { locations: 3, modules: 5 })).toEqual(
      Int32Array.of(0, 1, 2),
    );
  });

  test("gives locations of the same depth the same module", () => {
    const depths = Int32Array.of(0, 1, 2, 0, 1);
    const alignment = initialAlignment("hierarchical", { locations: 5, modules: 3, depths });
    expect(alignment).toEqual(Int32Array.of(0, 1, 2, 0, 1));
  });

  const draws = fc.record({
    locations: fc.integer({ min: 1, max: 40 }),
    modules: fc.integer({ min: 1, max: 8 }),
    seed: randomSeeds(),
  });
  law("draws modules that exist, the same for the same seed", draws, ({ seed, ...counts }) => {
    const draw = () => initialAlignment("random", { ...counts, random: createRandom(seed) });
    expect(draw()).toHaveLength(counts.locations);
    expect(draw().every((module) => module >= 0 && module < counts.modules)).toBe(true);
    expect(draw()).toEqual(draw());
  });

  law("copies what is given", alignments(), ({ alignment, modules }) => {
    const locations = alignment.length;
    const copy = initialAlignment("given", { locations, modules, alignment });
    expect(copy).toEqual(alignment);
    expect(copy).not.toBe(alignment);
    const fromPlain = initialAlignment("given", { locations, modules, alignment: [...alignment] });
    expect(fromPlain).toEqual(alignment);
  });

  const counts = { locations: 3, modules: 2 };
  test.each([
    ["disjoint", counts, '"disjoint" needs a module for each of the 3 locations; got 2 modules'],
    ["random", counts, '"random" needs the option random, a function; got undefined'],
    ["hierarchical", counts, '"hierarchical" needs the option depths; got undefined'],
    ["given", counts, '"given" needs the option alignment; got undefined'],
    ["given", { ...counts, alignment: [0] }, "each of the 3 locations; got 1"],
    ["given", { ...counts, alignment: [0, 1, 2] }, "from 0 to 1; got 2 at location 2"],
    ["given", { ...counts, alignment: [0, 0.5, 1] }, "from 0 to 1; got 0.5 at location 1"],
    ["hierarchical", { ...counts, depths: [0, 1, -1] }, "depths must hold integers from 0 to 1"],
    ["disjoint", { locations: 0, modules: 2 }, "locations must be a positive integer; got 0"],
    ["disjoint", { locations: 2, modules: 2.5 }, "modules must be a positive integer; got 2.5"],
    ["sorted" as InitialStrategy, counts, 'or "given"; got "sorted"'],
  ] as const)("rejects %s with %j", (strategy, options, message) => {
    expect(() => initialAlignment(strategy, options)).toThrow(`initialAlignment: `);
    expect(() => initialAlignment(strategy, options)).toThrow(message);
  });
});
