import { candidates, propose } from "@muir/ea";
import { createRandom } from "@muir/random";
import { law } from "@muir/test-kit";
import { describe, expect, test } from "vitest";
import { candidatesOf, searches } from "./cases.js";

describe("candidates", () => {
  const none = new Int32Array(0);
  test("lists the incumbent before its challengers", () => {
    const alignment = Int32Array.of(5, 6);
    const locations = Int32Array.of(1);
    const challengers = Int32Array.of(7, 8);
    const proposal = { alignment, locations, challengers, lambda: 2, revived: none };
    expect(candidates(proposal)).toEqual(Int32Array.of(6, 7, 8));
  });

  test("is empty where no location has challengers", () => {
    const settled = { alignment: none, locations: none, challengers: none, lambda: 0 };
    expect(candidates({ ...settled, revived: none })).toHaveLength(0);
  });

  law("has a row for each listed location, the incumbent always in it", searches(), (given) => {
    const proposal = propose(given.alignment, given.options, createRandom(given.seed));
    const rows = Array.from(proposal.locations, (_, row) => candidatesOf(proposal, row));
    expect([...candidates(proposal)]).toEqual(rows.flat());
    expect(rows.map(([incumbent]) => incumbent)).toEqual(
      Array.from(proposal.locations, (location) => given.alignment[location]),
    );
  });
});
