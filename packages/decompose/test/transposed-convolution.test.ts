import {
  conv2d,
  conv2dTranspose,
  dissect,
  type ParameterKind,
  planDecomposition,
} from "@muir/decompose";
import { law, numbered } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const side = fc.integer({ min: 1, max: 3 });
const block = fc.tuple(side, side);

function blocks(weight: tf.Tensor, kind: ParameterKind, block: readonly [number, number]) {
  const parameters = { w: { shape: weight.shape, kind } };
  const plan = planDecomposition([{ name: "net", parameters }], { block });
  return dissect({ net: { w: weight } }, plan);
}

describe("conv2dTranspose", () => {
  test("has what goes in as rows", () => {
    expect(conv2dTranspose([2, 3, 8, 16])).toEqual({
      factors: [2, 3, 8, 16],
      stack: [0, 1],
      rows: [3],
      columns: [2],
    });
  });

  test("gives the matrix of one position, transposed", () => {
    const weight = tf.tensor4d([1, 2, 3, 4, 5, 6], [1, 1, 2, 3]); // two outputs of three inputs
    expect(blocks(weight, conv2dTranspose, [3, 2]).arraySync()).toEqual([
      [
        [1, 4],
        [2, 5],
        [3, 6],
      ],
    ]);
  });

  law(
    "has the blocks of the convolution that it is the transpose of",
    fc.tuple(fc.tuple(side, side, side, side), block),
    ([shape, block]) => {
      const weight = numbered(shape);
      expect(blocks(weight, conv2dTranspose, block)).toBeCloseToTensor(
        blocks(tf.transpose(weight, [0, 1, 3, 2]), conv2d, block),
        { rtol: 0, atol: 0 },
      );
    },
  );

  test.each([[[3, 4, 4]], [[4]]])("rejects shape %j", (shape) => {
    expect(() => conv2dTranspose(shape)).toThrow(
      new RangeError(`conv2dTranspose: shape must be [kh, kw, out, in]; got [${shape}].`),
    );
  });
});
