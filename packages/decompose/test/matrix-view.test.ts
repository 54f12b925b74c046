import { matrixView, planDecomposition } from "@muir/decompose";
import { law } from "@muir/test-kit";
import { describe, expect, test } from "vitest";
import { sharedParameters } from "./decompositions.js";

describe("matrixView", () => {
  test("reads several axes as the rows", () => {
    const kind = matrixView({ factors: [8, 32, 256], stack: [], rows: [0, 1], columns: [2] });
    const w = { shape: [8, 32, 256], kind };
    const plan = planDecomposition([{ name: "net", parameters: { w } }], { block: [16, 16] });
    expect(plan.shared[0]).toMatchObject({ matrices: 1, rows: 256, columns: 256 });
  });

  test("reads a vector as one column", () => {
    const kind = matrixView({ factors: [20], stack: [], rows: [0], columns: [] });
    const w = { shape: [20], kind };
    const plan = planDecomposition([{ name: "net", parameters: { w } }], { block: [20, 1] });
    expect(plan.shared[0]).toMatchObject({ rows: 20, columns: 1, count: 1, discarded: 0 });
  });

  law("gives the view back for every shape that its factors split", sharedParameters(), (given) => {
    expect(matrixView(given.view)(given.shape)).toBe(given.view);
  });

  law("rejects a shape that has an axis more", sharedParameters(), ({ view, kind, shape }) => {
    expect(() => kind([...shape, 2])).toThrow(
      new RangeError(
        `matrixView: factors [${view.factors}] must split the axes of shape [${[...shape, 2]}], ` +
          "each into factors whose product it is; to merge axes, name several of them in stack, " +
          "rows or columns.",
      ),
    );
  });

  test.each([
    { shape: [4, 6], why: "the same size, axes exchanged" },
    { shape: [24], why: "the product has another factor left", factors: [6, 4, 2] },
    { shape: [2, 12], why: "a factor crosses the border of two axes", factors: [6, 4] },
  ])("rejects $shape: $why", ({ shape, factors = [6, 4] }) => {
    const stack = factors.slice(2).map((_, axis) => axis + 2);
    const kind = matrixView({ factors, stack, rows: [0], columns: [1] });
    expect(() => kind(shape)).toThrow("must split the axes of shape");
  });

  test.each([
    { wrong: "an axis left out", stack: [], rows: [0], columns: [1] },
    { wrong: "an axis named twice", stack: [0], rows: [0, 1], columns: [2] },
    { wrong: "an axis that is not there", stack: [3], rows: [0], columns: [1] },
    { wrong: "no axis number", stack: [0.5], rows: [0], columns: [1] },
  ])("rejects $wrong", ({ stack, rows, columns }) => {
    expect(() => matrixView({ factors: [2, 3, 4], stack, rows, columns })).toThrow(
      new RangeError(
        "matrixView: stack, rows and columns together must name each axis of factors [2,3,4], " +
          `0 to 2, exactly once; got stack [${stack}], rows [${rows}], columns [${columns}].`,
      ),
    );
  });

  test.each([0, -1, 1.5, Number.NaN])("rejects %s as a factor", (size) => {
    expect(() => matrixView({ factors: [2, size], stack: [], rows: [0], columns: [1] })).toThrow(
      new RangeError(`matrixView: factors must be positive integers; got [2,${size}].`),
    );
  });
});
