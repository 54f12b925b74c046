import { dense, keptEntries, planDecomposition, stackedDense } from "@muir/decompose";
import { law } from "@muir/test-kit";
import { describe, expect, test } from "vitest";
import { plans } from "./decompositions.js";

describe("keptEntries", () => {
  const planned = (parameters: Parameters<typeof planDecomposition>[0][0]["parameters"]) =>
    planDecomposition([{ name: "model", parameters }], { block: [16, 16] });

  test("are all of a block where it divides the matrix, and the rest at edges", () => {
    const plan = planned({
      even: { shape: [16, 32], kind: dense },
      odd: { shape: [17, 18], kind: dense },
    });
    expect([...keptEntries(plan)]).toEqual([256, 256, 256, 32, 16, 2]);
  });

  test("are the same for each matrix of a stack", () => {
    const plan = planned({ stack: { shape: [2, 20, 3], kind: stackedDense } });
    expect([...keptEntries(plan)]).toEqual([48, 12, 48, 12]);
  });

  law(
    "add up to the weights of each parameter, and are never more than a block",
    plans(),
    (plan) => {
      const entries = keptEntries(plan);
      for (const { first, count, shape } of plan.shared) {
        const own = entries.subarray(first, first + count);
        expect(own.reduce((sum, kept) => sum + kept, 0)).toBe(shape.reduce((a, b) => a * b, 1));
        for (const kept of own) expect(kept).toBeGreaterThan(0);
      }
      for (const kept of entries) expect(kept).toBeLessThanOrEqual(plan.block[0] * plan.block[1]);
    },
  );
});
