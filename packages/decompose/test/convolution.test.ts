import { conv1d, conv2d, conv3d, depthwiseConv2d, planDecomposition } from "@muir/decompose";
import { describe, expect, test } from "vitest";

const shared = (parameter: { shape: number[]; kind: typeof conv2d }) =>
  planDecomposition([{ name: "net", parameters: { w: parameter } }], { block: [16, 16] }).shared[0];

describe("conv1d", () => {
  test("is a stack over positions", () => {
    expect(conv1d([24, 256, 128])).toEqual({
      factors: [24, 256, 128],
      stack: [0],
      rows: [1],
      columns: [2],
    });
  });

  test("counts 24 matrices of DeepBind", () => {
    expect(shared({ shape: [24, 256, 256], kind: conv1d })).toMatchObject({
      matrices: 24,
      rows: 256,
      columns: 256,
    });
  });

  test.each([[[4, 4]], [[3, 3, 4, 4]]])("rejects shape %j", (shape) => {
    expect(() => conv1d(shape)).toThrow(
      new RangeError(`conv1d: shape must be [k, in, out]; got [${shape}].`),
    );
  });
});

describe("conv2d", () => {
  test("is a stack over positions", () => {
    expect(conv2d([3, 5, 16, 32])).toEqual({
      factors: [3, 5, 16, 32],
      stack: [0, 1],
      rows: [2],
      columns: [3],
    });
  });

  test("counts kh * kw matrices", () => {
    expect(shared({ shape: [3, 5, 16, 32], kind: conv2d })).toMatchObject({
      matrices: 15,
      grid: [15, 1, 2],
    });
  });

  test.each([[[4, 4]], [[3, 4, 4]]])("rejects shape %j", (shape) => {
    expect(() => conv2d(shape)).toThrow(
      new RangeError(`conv2d: shape must be [kh, kw, in, out]; got [${shape}].`),
    );
  });
});

describe("depthwiseConv2d", () => {
  test("has a row for each channel", () => {
    expect(shared({ shape: [3, 3, 32, 1], kind: depthwiseConv2d })).toMatchObject({
      matrices: 1,
      rows: 32,
      columns: 9,
      count: 2,
    });
  });

  test("has in that row all outputs of the channel", () => {
    expect(shared({ shape: [3, 3, 32, 2], kind: depthwiseConv2d })).toMatchObject({
      rows: 32,
      columns: 18,
      view: { stack: [], rows: [2], columns: [0, 1, 3] },
    });
  });

  test.each([[[3, 3, 32]], [[4]]])("rejects shape %j", (shape) => {
    expect(() => depthwiseConv2d(shape)).toThrow(
      new RangeError(`depthwiseConv2d: shape must be [kh, kw, in, multiplier]; got [${shape}].`),
    );
  });
});

describe("conv3d", () => {
  test("is a stack over positions", () => {
    expect(conv3d([3, 2, 5, 8, 16])).toEqual({
      factors: [3, 2, 5, 8, 16],
      stack: [0, 1, 2],
      rows: [3],
      columns: [4],
    });
  });

  test("counts kd * kh * kw matrices", () => {
    expect(shared({ shape: [3, 2, 5, 16, 32], kind: conv3d })).toMatchObject({
      matrices: 30,
      grid: [30, 1, 2],
    });
  });

  test.each([[[3, 3, 4, 4]], [[4]]])("rejects shape %j", (shape) => {
    expect(() => conv3d(shape)).toThrow(
      new RangeError(`conv3d: shape must be [kd, kh, kw, in, out]; got [${shape}].`),
    );
  });
});
