import { embed } from "@muir/ops";
import { countTensors, exact, law, seeds } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { valueAndGradients } from "./gradients-of.js";
import { integers } from "./integers.js";

const side = fc.integer({ min: 1, max: 4 });
const cases = fc
  .record({ shape: fc.array(side, { maxLength: 3 }), rows: side, width: side, seed: seeds() })
  .map((given) => ({ ...given, seed: given.seed % 2 ** 30 }));

describe("embed", () => {
  const table = () => tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);

  test("looks up a row for each token", () => {
    const rows = embed(table(), tf.tensor1d([2, 0, 2], "int32"));
    expect(rows.arraySync()).toEqual([
      [5, 6],
      [1, 2],
      [5, 6],
    ]);
  });

  test("adds up the gradients of a token's uses", () => {
    const tokens = tf.tensor2d([2, 0, 2, 2], [2, 2], "int32");
    const gradient = tf.grad((table) => embed(table as tf.Tensor2D, tokens))(table());
    expect(gradient.arraySync()).toEqual([
      [1, 1],
      [0, 0],
      [3, 3],
    ]);
  });

  law("is a product with one-hot tokens, and so is its gradient", cases, (given) => {
    const { shape, rows, width, seed } = given;
    const tokens = integers(shape, rows, seed);
    const flat = tf.reshape(tokens, [-1]);
    const mask = tf.cast(
      tf.equal(tf.expandDims(flat, 1), tf.range(0, rows, 1, "int32")),
      "float32",
    );
    const product = (table: tf.Tensor) =>
      tf.reshape(tf.matMul(mask as tf.Tensor2D, table as tf.Tensor2D), [...shape, width]);
    const inputs = [exact([rows, width], seed + 1)];
    const expected = valueAndGradients((table) => product(table!), inputs, seed);
    const found = valueAndGradients((table) => embed(table as tf.Tensor2D, tokens), inputs, seed);
    found.forEach((tensor, i) => {
      expect(tensor).toBeCloseToTensor(expected[i]!);
    });
  });

  law("leaves one tensor behind: its result", cases, ({ shape, rows, width, seed }) => {
    const table = exact([rows, width], seed) as tf.Tensor2D;
    const tokens = integers(shape, rows, seed);
    expect(countTensors(() => embed(table, tokens))).toBe(1);
  });

  test("names what does not fit", () => {
    expect(() => embed(table(), tf.tensor1d([0, 3], "int32"))).toThrow(
      new RangeError("embed: tokens must be integers from 0 to 2; got 3 at flat index 1."),
    );
    expect(() => embed(table(), tf.tensor1d([0]))).toThrow("embed: tokens must be int32");
    expect(() => embed(tf.ones([3]) as never, tf.tensor1d([0], "int32"))).toThrow(
      new RangeError("embed: table must be [V,D]; got [3]."),
    );
  });
});
