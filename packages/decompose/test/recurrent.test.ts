import { dissect, gru, lstm, planDecomposition } from "@muir/decompose";
import { numbered } from "@muir/test-kit";
import { describe, expect, test } from "vitest";

describe("lstm", () => {
  test("is a stack of four gates that stand side by side", () => {
    expect(lstm([256, 1024])).toEqual({
      factors: [256, 4, 256],
      stack: [1],
      rows: [0],
      columns: [2],
    });
  });

  test("takes inputs and units of different number", () => {
    expect(lstm([3, 8]).factors).toEqual([3, 4, 2]);
  });

  test.each([[[256, 1022]], [[4]], [[2, 4, 4]]])("rejects shape %j", (shape) => {
    expect(() => lstm(shape)).toThrow(
      new RangeError(`lstm: shape must be [in, 4 * units]; got [${shape}].`),
    );
  });
});

describe("gru", () => {
  test("is a stack of three gates that stand side by side", () => {
    expect(gru([256, 768])).toEqual({
      factors: [256, 3, 256],
      stack: [1],
      rows: [0],
      columns: [2],
    });
  });

  test("keeps each gate's columns together", () => {
    const plan = planDecomposition(
      [{ name: "net", parameters: { w: { shape: [2, 3], kind: gru } } }],
      { block: [2, 1] },
    );
    expect(dissect({ net: { w: numbered([2, 3]) } }, plan).arraySync()).toEqual([
      [[0], [3]],
      [[1], [4]],
      [[2], [5]],
    ]);
  });

  test.each([[[256, 1024]], [[3]]])("rejects shape %j", (shape) => {
    expect(() => gru(shape)).toThrow(
      new RangeError(`gru: shape must be [in, 3 * units]; got [${shape}].`),
    );
  });
});
