import { dense, planDecomposition, stackedDense } from "@muir/decompose";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

describe("dense", () => {
  test("is one matrix", () => {
    expect(dense([576, 128])).toEqual({ factors: [576, 128], stack: [], rows: [0], columns: [1] });
  });

  test.each([[[4]], [[2, 3, 4]], [[]]])("rejects shape %j", (shape) => {
    expect(() => dense(shape)).toThrow(
      new RangeError(`dense: shape must be [in, out]; got [${shape}].`),
    );
  });
});

describe("stackedDense", () => {
  test("is a matrix for each of thirty regressions", () => {
    expect(stackedDense([30, 20, 1])).toEqual({
      factors: [30, 20, 1],
      stack: [0],
      rows: [1],
      columns: [2],
    });
  });

  test("stacks any number of leading axes", () => {
    const w = { shape: [2, 3, 4, 5], kind: stackedDense };
    const plan = planDecomposition([{ name: "net", parameters: { w } }], { block: [2, 5] });
    expect(plan.shared[0]).toMatchObject({ matrices: 6, rows: 4, columns: 5, grid: [6, 2, 1] });
  });

  const pairs = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }));
  law("is dense without leading axes", pairs, (shape) => {
    expect(stackedDense(shape)).toEqual(dense(shape));
  });

  test("rejects a vector", () => {
    expect(() => stackedDense([4])).toThrow(
      new RangeError("stackedDense: shape must be [...stack, in, out]; got [4]."),
    );
  });
});
