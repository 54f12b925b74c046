import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seedRange } from "../src/config/seed-range.js";

describe("seedRange", () => {
  test("has both ends, and takes a single seed", () => {
    expect(seedRange("1..3")).toEqual([1, 2, 3]);
    expect(seedRange("7")).toEqual([7]);
  });

  const ranges = fc.tuple(fc.integer({ min: 0, max: 0xffffffff - 200 }), fc.nat(200));
  law("is every seed from the first to the last, once", ranges, ([first, more]) => {
    const seeds = seedRange(`${first}..${first + more}`);
    expect(seeds).toEqual(Array.from({ length: more + 1 }, (_, i) => first + i));
  });

  law("an end below the beginning is refused", ranges, ([first, more]) => {
    const text = `${first + more + 1}..${first}`;
    expect(() => seedRange(text)).toThrow(
      `--seeds: must be A..B with A <= B, such as 1..10; got "${text}".`,
    );
  });

  test.each(["", "a", "1-3", "1..", "..3", "-1..3", "1...3", "1.5", "1..3 "])(
    "%j is refused",
    (text) => {
      expect(() => seedRange(text)).toThrow("--seeds: must be A..B");
    },
  );

  test("a seed that no run takes, and more seeds than anyone means, are refused", () => {
    expect(() => seedRange("4294967296")).toThrow("--seeds: must be at most 4294967295;");
    expect(() => seedRange("1..20000")).toThrow("--seeds: must be at most 10000 seeds;");
  });
});
