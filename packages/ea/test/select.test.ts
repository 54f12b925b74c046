import { type Proposal, propose, select, selectRandom } from "@muir/ea";
import { createRandom } from "@muir/random";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { candidatesOf, searches } from "./cases.js";
import { chiSquare, chiSquareLimit } from "./statistics.js";

/** Location 0 keeps module 5; location 1 chooses among 6 and the challengers. */
const choice = (...challengers: number[]): Proposal => ({
  alignment: Int32Array.of(5, 6),
  locations: Int32Array.of(1),
  challengers: Int32Array.from(challengers),
  lambda: challengers.length,
  revived: new Int32Array(0),
});
const nothing = Number.NaN;

/** A proposal with beliefs whose sums are exact, some of them NaN. */
const belief = fc.constantFrom(0, 0.25, 0.5, 1, nothing);
const slots = 12 * 5; // more than any of the searches has
const votes = fc
  .record({
    search: searches(),
    beliefs: fc.array(belief, { minLength: slots, maxLength: slots }),
  })
  .map(({ search: { alignment, options, seed }, beliefs }) => {
    const proposal = propose(alignment, options, createRandom(seed));
    const used = proposal.locations.length * (proposal.lambda + 1);
    return { proposal, beliefs: Float64Array.from(beliefs.slice(0, used)) };
  });

describe("select", () => {
  test("keeps the candidate believed in most", () => {
    expect(select(choice(7), Float32Array.of(0.25, 0.75))).toEqual(Int32Array.of(5, 7));
    expect(select(choice(7), Float32Array.of(0.75, 0.25))).toEqual(Int32Array.of(5, 6));
  });

  test("adds up the beliefs in a module that stands twice", () => {
    const beliefs = Float32Array.of(0.25, 0.1875, 0.3125, 0.25);
    expect(select(choice(7, 8, 7), beliefs)).toEqual(Int32Array.of(5, 7));
    expect(select(choice(7, 6), Float32Array.of(0.25, 0.375, 0.375))).toEqual(Int32Array.of(5, 6));
  });

  test.each([
    ["the incumbent", [7], [0.5, 0.5], 6],
    ["the earlier challenger", [7, 8], [0.25, 0.375, 0.375], 7],
    ["the incumbent of zeros", [7], [0, 0], 6],
  ])("gives %s the tie", (_, challengers, beliefs, winner) => {
    expect(select(choice(...challengers), Float64Array.from(beliefs))[1]).toBe(winner);
  });

  test.each([
    ["a challenger's", [7], [0.1, nothing], 6],
    ["the incumbent's", [7], [nothing, 0], 7],
    ["every", [7, 8], [nothing, nothing, nothing], 6],
    ["one of a module's two", [7, 7], [0.25, nothing, 0.375], 7],
  ])("counts %s NaN as nothing", (_, challengers, beliefs, winner) => {
    expect(select(choice(...challengers), Float64Array.from(beliefs))[1]).toBe(winner);
  });

  law("agrees with counting votes by hand", votes, ({ proposal, beliefs }) => {
    const expected = proposal.alignment.slice();
    proposal.locations.forEach((location, row) => {
      const candidates = candidatesOf(proposal, row);
      const scores = new Map<number, number>();
      candidates.forEach((module, slot) => {
        const belief = beliefs[row * candidates.length + slot]!;
        if (!Number.isNaN(belief)) scores.set(module, (scores.get(module) ?? 0) + belief);
      });
      const highest = Math.max(...scores.values());
      expected[location] =
        candidates.find((module) => scores.get(module) === highest) ?? candidates[0]!;
    });
    expect(select(proposal, beliefs)).toEqual(expected);
  });

  law("changes only listed locations, to a candidate of theirs", votes, ({ proposal, beliefs }) => {
    const before = proposal.alignment.slice();
    const selected = select(proposal, beliefs);
    expect(proposal.alignment).toEqual(before);
    expect(selected).not.toBe(proposal.alignment);
    selected.forEach((module, location) => {
      const row = proposal.locations.indexOf(location);
      expect(row < 0 ? [before[location]] : candidatesOf(proposal, row)).toContain(module);
    });
  });

  law("can keep every incumbent", searches(), ({ alignment, options, seed }) => {
    const proposal = propose(alignment, options, createRandom(seed));
    const slots = options.lambda + 1;
    const beliefs = new Float32Array(proposal.locations.length * slots);
    for (let slot = 0; slot < beliefs.length; slot += slots) beliefs[slot] = 1;
    expect(select(proposal, beliefs)).toEqual(alignment);
  });

  law("does not care how modules are numbered", votes, ({ proposal, beliefs }) => {
    const rename = (modules: Int32Array) => modules.map((module) => 100 - 7 * module);
    const { alignment, challengers } = proposal;
    const renamed = {
      ...proposal,
      alignment: rename(alignment),
      challengers: rename(challengers),
    };
    expect(select(renamed, beliefs)).toEqual(rename(select(proposal, beliefs)));
  });

  test("returns a copy where no location has challengers", () => {
    const none = new Int32Array(0);
    const alignment = Int32Array.of(1, 2);
    const settled = { alignment, locations: none, challengers: none, lambda: 0, revived: none };
    expect(select(settled, new Float32Array(0))).toEqual(alignment);
  });

  test("rejects beliefs of another length, and negative ones", () => {
    expect(() => select(choice(7), Float32Array.of(1))).toThrow(
      "select: beliefs must have shape [1, 2], 2 numbers; got 1.",
    );
    expect(() => select(choice(7), Float32Array.of(0.5, -1))).toThrow(
      "select: beliefs must not be negative; got -1 at location 1, slot 1.",
    );
  });
});

describe("selectRandom", () => {
  test("draws every slot alike, the incumbent's too", () => {
    const random = createRandom(9);
    const counts = new Int32Array(9);
    for (let run = 0; run < 2000; run++) counts[selectRandom(choice(5, 7, 8), random)[1]!]!++;
    expect(chiSquare(counts.slice(5), [0.25, 0.25, 0.25, 0.25])).toBeLessThan(chiSquareLimit[3]!);
  });

  law("changes only listed locations, to a candidate of theirs", searches(), (given) => {
    const random = createRandom(given.seed);
    const proposal = propose(given.alignment, given.options, random);
    const before = given.alignment.slice();
    selectRandom(proposal, random).forEach((module, location) => {
      const row = proposal.locations.indexOf(location);
      expect(row < 0 ? [before[location]] : candidatesOf(proposal, row)).toContain(module);
    });
    expect(given.alignment).toEqual(before);
  });
});
