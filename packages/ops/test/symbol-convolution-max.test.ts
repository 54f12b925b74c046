import { symbolConvolutionMax } from "@muir/ops";
import { countTensors, exact, law, normal, seeds } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { valueAndGradients } from "./gradients-of.js";
import { integers } from "./integers.js";
import { withKernels } from "./stand-ins/stand-in.js";
import { symbolConvolutionMaxKernels } from "./stand-ins/symbol-convolution-max.js";

const size = fc.integer({ min: 1, max: 4 });
const cases = fc
  .record({
    batch: size,
    positions: size,
    width: size,
    alphabet: size,
    filters: size,
    seed: seeds(),
  })
  .map(({ positions, seed, ...sizes }) => ({
    ...sizes,
    length: positions + sizes.width - 1,
    seed: seed % 2 ** 30,
  }));
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

const drawSymbols = ({ batch, length, alphabet, seed }: Case) =>
  integers([batch, length], alphabet, seed) as tf.Tensor2D;
/** Table and bias: small integers, so that there are ties and sums are exact. */
const drawFilters = ({ width, alphabet, filters, seed }: Case) => [
  exact([width, alphabet, filters], seed + 1),
  exact([filters], seed + 2),
];
const filtersOf = (table: tf.Tensor, bias: tf.Tensor) => ({
  table: table as tf.Tensor3D,
  bias: bias as tf.Tensor1D,
});

describe("symbolConvolutionMax", () => {
  test("finds where a filter matches best", () => {
    const table = tf.tensor3d([1, 0, 0, 10], [2, 2, 1]); // a 0 followed by a 1 counts 11
    const symbols = tf.tensor2d([1, 1, 0, 1, 1, 0, 0, 0], [2, 4], "int32");
    const scores = symbolConvolutionMax(symbols, filtersOf(table, tf.tensor1d([0.5])));
    expect(scores.arraySync()).toEqual([[11.5], [1.5]]);
  });

  test("is zero where nothing matches", () => {
    const table = tf.tensor3d([1, -3], [1, 2, 1]);
    const scores = symbolConvolutionMax(
      tf.tensor2d([[1, 1]], [1, 2], "int32"),
      filtersOf(table, tf.tensor1d([2])),
    );
    expect(scores.arraySync()).toEqual([[0]]);
  });

  test("sends its gradient to the first of equal maxima, and none where relu cut off", () => {
    const symbols = tf.tensor2d([0, 1, 0, 2], [1, 4], "int32");
    const table = tf.tensor3d([1, 1, 0], [1, 3, 1]); // symbols 0 and 1 match equally well
    const gradients = (bias: number) =>
      valueAndGradients(
        (table, bias) => symbolConvolutionMax(symbols, filtersOf(table!, bias!)),
        [table, tf.tensor1d([bias])],
      ).map((tensor) => Array.from(tensor.dataSync()));
    for (const standIns of [[], symbolConvolutionMaxKernels]) {
      withKernels(standIns, () => {
        expect(gradients(1)).toEqual([[2], [1, 0, 0], [1]]);
        expect(gradients(-1)).toEqual([[0], [0, 0, 0], [0]]);
      });
    }
  });

  law("is an embedding, a convolution, relu and a maximum over time", cases, (given) => {
    const { width, alphabet, filters, seed } = given;
    const embedding = normal([alphabet, 3], seed + 3) as tf.Tensor2D;
    const filter = normal([width, 3, filters], seed + 4) as tf.Tensor3D;
    const bias = normal([filters], seed + 5);
    const symbols = drawSymbols(given);
    const table = tf.stack(
      tf.unstack(filter).map((place) => tf.matMul(embedding, place as tf.Tensor2D)),
    );
    const features = tf.conv1d(
      tf.gather(embedding, symbols) as tf.Tensor as tf.Tensor3D,
      filter,
      1,
      "valid",
    );
    expect(symbolConvolutionMax(symbols, filtersOf(table, bias))).toBeCloseToTensor(
      tf.max(tf.relu(tf.add(features, bias)), 1),
      { rtol: 1e-4, atol: 1e-4 },
    );
  });

  law(
    "is with its gradients what the obvious loop gives, without kernels and with them",
    cases,
    (given) => {
      const symbols = drawSymbols(given);
      const run = () =>
        valueAndGradients(
          (table, bias) => symbolConvolutionMax(symbols, filtersOf(table!, bias!)),
          drawFilters(given),
          given.seed + 6,
        );
      const composed = run();
      withKernels(symbolConvolutionMaxKernels, run).forEach((tensor, i) => {
        expect(composed[i]!).toBeCloseToTensor(tensor);
      });
    },
  );

  law("leaves one tensor behind: its result", cases, (given) => {
    const symbols = drawSymbols(given);
    const [table, bias] = drawFilters(given);
    const run = () => symbolConvolutionMax(symbols, filtersOf(table!, bias!));
    expect(countTensors(run)).toBe(1);
    withKernels(symbolConvolutionMaxKernels, () => expect(countTensors(run)).toBe(1));
  });

  test("names what does not fit", () => {
    const match = (symbols: tf.Tensor) => () =>
      symbolConvolutionMax(symbols as tf.Tensor2D, filtersOf(tf.ones([2, 2, 1]), tf.ones([1])));
    expect(match(tf.tensor2d([[0]], [1, 1], "int32"))).toThrow(
      new RangeError(
        "symbolConvolutionMax: symbols must be at least as many as a filter sees, 2; got sequences of 1.",
      ),
    );
    expect(match(tf.tensor2d([[0, 1, 2]], [1, 3], "int32"))).toThrow(
      new RangeError(
        "symbolConvolutionMax: symbols must be integers from 0 to 1; got 2 at flat index 2.",
      ),
    );
    expect(match(tf.zeros([1, 3]))).toThrow("symbolConvolutionMax: symbols must be int32");
    expect(() =>
      symbolConvolutionMax(tf.zeros([1, 2], "int32"), filtersOf(tf.ones([2, 2, 1]), tf.ones([2]))),
    ).toThrow(new RangeError("symbolConvolutionMax: bias must be [1]; got [2]."));
  });
});
