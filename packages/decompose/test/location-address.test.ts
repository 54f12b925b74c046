import { conv2d, dense, formatAddress, locationAddress, planDecomposition } from "@muir/decompose";
import { law } from "@muir/test-kit";
import { describe, expect, test } from "vitest";
import { plans } from "./decompositions.js";

const lenet = {
  name: "lenet",
  parameters: {
    conv2: { shape: [5, 5, 16, 16], kind: conv2d },
    fc1: { shape: [576, 128], kind: dense },
  },
};
const plan = planDecomposition([lenet], { block: [16, 16] });

describe("locationAddress", () => {
  test("finds a matrix in a stack", () => {
    expect(locationAddress(plan, 24)).toEqual({
      model: "lenet",
      parameter: "conv2",
      matrix: 24,
      row: 0,
      column: 0,
    });
  });

  test("finds a block in a matrix", () => {
    expect(locationAddress(plan, 25 + 3 * 8 + 5)).toEqual({
      model: "lenet",
      parameter: "fc1",
      matrix: 0,
      row: 3,
      column: 5,
    });
  });

  law("walks through parameters, matrices, rows and columns in this order", plans(), (plan) => {
    const walk = plan.shared.flatMap(({ model, parameter, grid: [matrices, rows, columns] }) =>
      indices(matrices).flatMap((matrix) =>
        indices(rows).flatMap((row) =>
          indices(columns).map((column) => ({ model, parameter, matrix, row, column })),
        ),
      ),
    );
    expect(indices(plan.locations).map((l) => locationAddress(plan, l))).toEqual(walk);
  });

  test.each([-1, 313, 0.5, Number.NaN])("rejects location %s", (location) => {
    expect(() => locationAddress(plan, location)).toThrow(
      new RangeError(
        `locationAddress: location must be an integer from 0 to 312; got ${location}.`,
      ),
    );
  });

  test("rejects every location of a plan that has none", () => {
    const none = planDecomposition([{ name: "net", parameters: { b: { shape: [2] } } }], {
      block: [2, 2],
    });
    expect(() => locationAddress(none, 0)).toThrow("the plan has no locations; got 0");
  });
});

describe("formatAddress", () => {
  test("is one short line", () => {
    expect(formatAddress(locationAddress(plan, 54))).toBe("lenet/fc1[0] (3, 5)");
    expect(formatAddress(locationAddress(plan, 7))).toBe("lenet/conv2[7] (0, 0)");
  });

  law("differs for every location", plans(), (plan) => {
    const lines = indices(plan.locations).map((l) => formatAddress(locationAddress(plan, l)));
    expect(new Set(lines).size).toBe(plan.locations);
  });
});

function indices(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
