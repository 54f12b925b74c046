import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seedList } from "../src/config/seed-list.js";

describe("seedList", () => {
  test("has both ends, and takes a single seed", () => {
    expect(seedList("1..3")).toEqual([1, 2, 3]);
    expect(seedList("7")).toEqual([7]);
  });

  test("takes several of both, in their order, each seed once", () => {
    expect(seedList("5..6,1,9..10")).toEqual([5, 6, 1, 9, 10]);
    expect(() => seedList("1..3,2")).toThrow(
      '--seeds: must name each seed once; got 2 twice in "1..3,2".',
    );
  });

  const ranges = fc.tuple(fc.integer({ min: 0, max: 0xffffffff - 200 }), fc.nat(200));
  law("is every seed from the first to the last, once", ranges, ([first, more]) => {
    const seeds = seedList(`${first}..${first + more}`);
    expect(seeds).toEqual(Array.from({ length: more + 1 }, (_, i) => first + i));
  });

  law("an end below the beginning is refused", ranges, ([first, more]) => {
    const text = `${first + more + 1}..${first}`;
    expect(() => seedList(text)).toThrow(
      `--seeds: must be seeds and ranges A..B with A <= B, such as 1..10 or 1..3,7; got "${text}".`,
    );
  });

  test.each(["", "a", "1-3", "1..", "..3", "-1..3", "1...3", "1.5", "1..3 ", "1,", "1;2", "1, 2"])(
    "%j is refused",
    (text) => {
      expect(() => seedList(text)).toThrow("--seeds: must be seeds and ranges A..B");
    },
  );

  test("a seed that no run takes, and more seeds than anyone means, are refused", () => {
    expect(() => seedList("4294967296")).toThrow("--seeds: must be at most 4294967295;");
    expect(() => seedList("1..20000")).toThrow("--seeds: must be at most 10000 seeds;");
    expect(() => seedList("1..9999,20000..20001")).toThrow("at most 10000 seeds;");
  });
});
