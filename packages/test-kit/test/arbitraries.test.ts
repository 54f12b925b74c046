import { law, randomSeeds, seeds, tilings } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

describe("tilings", () => {
  law("tile: every side is a whole number of blocks", tilings(), ({ shape, block }) => {
    expect(shape).toHaveLength(block.length);
    expect(shape.every((side, axis) => side % block[axis]! === 0)).toBe(true);
  });

  const limits = fc.record({
    maxRank: fc.integer({ min: 1, max: 5 }),
    maxAxis: fc.integer({ min: 1, max: 6 }),
  });
  law("stay within their limits", limits, ({ maxRank, maxAxis }) => {
    for (const { shape, block } of fc.sample(tilings({ maxRank, maxAxis }), 20)) {
      expect(shape.length).toBeLessThanOrEqual(maxRank);
      expect(Math.max(...block)).toBeLessThanOrEqual(maxAxis);
      expect(Math.max(...shape)).toBeLessThanOrEqual(maxAxis ** 2);
    }
  });

  test("shrink to one entry", () => {
    const report = fc.check(fc.property(tilings(), () => false));
    expect(report.counterexample).toEqual([{ shape: [1], block: [1] }]);
  });
});

describe.each([
  ["randomSeeds", randomSeeds, 2 ** 32],
  ["seeds", seeds, 2 ** 31],
] as const)("%s", (_, arbitrary, end) => {
  law("are integers within their range", arbitrary(), (seed) => {
    expect(Number.isInteger(seed) && seed >= 0 && seed < end).toBe(true);
  });

  test("are not shrunk", () => {
    const report = fc.check(fc.property(arbitrary(), () => false));
    expect(report.numShrinks).toBe(0);
  });
});
