import { groupingAccuracy, sameGrouping } from "@muir/ea";
import { createRandom } from "@muir/random";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const labels = { min: -2, max: 3 };
/** Two labellings of the same locations. */
const labellings = fc
  .array(fc.tuple(fc.integer(labels), fc.integer(labels)), { minLength: 2, maxLength: 12 })
  .map((pairs) => ({ alignment: pairs.map(([a]) => a), groups: pairs.map(([, b]) => b) }));

const rename = (labels: readonly number[]) => labels.map((label) => 1000 - 17 * label);

describe("groupingAccuracy", () => {
  test("is the share of pairs that are right", () => {
    expect(groupingAccuracy([7, 7, 3], [0, 0, 1])).toBe(1);
    expect(groupingAccuracy([7, 7, 7], [0, 0, 1])).toBe(1 / 3);
    expect(groupingAccuracy(Int32Array.of(0, 1), Int32Array.of(4, 4))).toBe(0);
  });

  law("agrees with looking at every pair", labellings, ({ alignment, groups }) => {
    let right = 0;
    let pairs = 0;
    for (let a = 0; a < alignment.length; a++) {
      for (let b = 0; b < a; b++) {
        pairs++;
        if ((alignment[a] === alignment[b]) === (groups[a] === groups[b])) right++;
      }
    }
    expect(groupingAccuracy(alignment, groups)).toBe(right / pairs);
  });

  law("does not care what the labels are", labellings, ({ alignment, groups }) => {
    const accuracy = groupingAccuracy(alignment, groups);
    expect(groupingAccuracy(rename(alignment), groups)).toBe(accuracy);
    expect(groupingAccuracy(groups, alignment)).toBe(accuracy);
  });

  test("is exact and fast for a million locations", () => {
    const random = createRandom(1);
    const alignment = Int32Array.from({ length: 1_000_000 }, () => Math.floor(random() * 1000));
    const start = performance.now();
    expect(groupingAccuracy(alignment, alignment)).toBe(1);
    expect(performance.now() - start).toBeLessThan(2000); // every pair would take hours
  });

  test("rejects what has no pairs", () => {
    expect(() => groupingAccuracy([1], [1])).toThrow(
      "groupingAccuracy: pairs need at least two locations; got 1.",
    );
    expect(() => groupingAccuracy([1, 2], [1])).toThrow(
      "groupingAccuracy: alignment and groups must have one entry per location; got 2 and 1.",
    );
  });
});

describe("sameGrouping", () => {
  test("looks at who is together only", () => {
    expect(sameGrouping([7, 7, 3], [0, 0, 1])).toBe(true);
    expect(sameGrouping([7, 7, 3], [0, 1, 1])).toBe(false);
    expect(sameGrouping([7, 7, 7], [0, 0, 1])).toBe(false);
    expect(sameGrouping([], [])).toBe(true);
  });

  law("holds exactly where every pair is right", labellings, ({ alignment, groups }) => {
    const right = groupingAccuracy(alignment, groups) === 1;
    expect(sameGrouping(alignment, groups)).toBe(right);
    expect(sameGrouping(alignment, rename(alignment))).toBe(true);
  });

  test("rejects lengths that differ", () => {
    expect(() => sameGrouping([1], [])).toThrow("sameGrouping: alignment and groups must have");
  });
});
