import { type BatchNormalizeOptions, batchNormalize, normalize } from "@muir/ops";
import { countTensors, law, normal, seeds } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { valueAndGradients } from "./gradients-of.js";
import { batchNormKernels } from "./stand-ins/batch-norm.js";
import { withKernels } from "./stand-ins/stand-in.js";

const cases = fc
  .record({
    outer: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 0, maxLength: 2 }),
    rows: fc.integer({ min: 2, max: 5 }),
    channels: fc.integer({ min: 1, max: 4 }),
    activation: fc.constantFrom("linear", "relu"),
    seed: seeds(),
  })
  .map(({ outer, rows, channels, activation, seed }) => ({
    shape: [...outer, rows, channels],
    channels,
    activation: activation as "linear" | "relu",
    seed: seed % 2 ** 30,
  }));
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

/**
 * x, scale and offset. Rows lie apart: where a channel hardly varies, its gradient is a small difference
 * of large numbers, of which float32 leaves little.
 */
const draw = ({ shape, channels, seed }: Case) => [
  tf.add(
    tf.mul(0.3, normal(shape, seed)),
    tf.expandDims(tf.range(0, 2 * shape.at(-2)!, 2, "float32"), 1),
  ),
  normal([channels], seed + 1),
  normal([channels], seed + 2),
];
const optionsOf = (scale: tf.Tensor, offset: tf.Tensor) =>
  ({ scale, offset }) as Pick<BatchNormalizeOptions, "scale" | "offset">;
const plain = (channels: number) => optionsOf(tf.ones([channels]), tf.zeros([channels]));
const close = { rtol: 1e-4, atol: 1e-5 };

describe("batchNormalize", () => {
  test("puts each channel at mean 0 and variance 1", () => {
    const x = tf.tensor2d([1, 10, 3, 30], [2, 2]);
    const { outputs, mean, variance } = batchNormalize(x, { ...plain(2), epsilon: 0 });
    expect(outputs).toBeCloseToTensor(tf.tensor2d([-1, -1, 1, 1], [2, 2]));
    expect(mean).toBeCloseToTensor(tf.tensor1d([2, 20]));
    expect(variance).toBeCloseToTensor(tf.tensor1d([1, 100]));
  });

  test("scales and shifts, and cuts off with relu", () => {
    const x = tf.tensor2d([1, 3], [2, 1]);
    const options = { scale: tf.tensor1d([4]), offset: tf.tensor1d([1]), epsilon: 0 };
    expect(batchNormalize(x, options).outputs).toBeCloseToTensor(tf.tensor2d([-3, 5], [2, 1]));
    expect(batchNormalize(x, { ...options, activation: "relu" }).outputs).toBeCloseToTensor(
      tf.tensor2d([0, 5], [2, 1]),
    );
  });

  test("keeps epsilon between a channel without variance and infinity", () => {
    const { outputs } = batchNormalize(tf.ones([3, 1]), plain(1));
    expect(outputs).toBeCloseToTensor(tf.zeros([3, 1]));
  });

  law("does not change when a channel is moved and stretched", cases, (given) => {
    const [x, scale, offset] = draw(given);
    const options = { ...optionsOf(scale!, offset!), activation: given.activation, epsilon: 0 };
    const moved = tf.add(tf.mul(x!, 3), normal([given.channels], given.seed + 3));
    expect(batchNormalize(moved, options).outputs).toBeCloseToTensor(
      batchNormalize(x!, options).outputs,
      { rtol: 1e-3, atol: 1e-3 },
    );
  });

  law(
    "is with its gradients what the obvious loop gives, without kernels and with them",
    cases,
    (given) => {
      const normalized = ([x, scale, offset]: tf.Tensor[], activation: "linear" | "relu") =>
        batchNormalize(x!, { ...optionsOf(scale!, offset!), activation }).outputs;
      // next to relu's kink rounding decides whether a gradient flows
      const isClear = tf.greater(tf.abs(normalized(draw(given), "linear")), 1e-4);
      const run = () =>
        valueAndGradients(
          (...tensors) =>
            tf.mul(normalized(tensors, given.activation), tf.cast(isClear, "float32")),
          draw(given),
          given.seed + 4,
        );
      const composed = run();
      withKernels(batchNormKernels, run).forEach((tensor, i) => {
        expect(composed[i]!).toBeCloseToTensor(tensor, close);
      });
    },
  );

  law("gives the statistics of the batch, as constants to differentiation", cases, (given) => {
    const [x, scale, offset] = draw(given);
    const direction = normal([given.channels], given.seed + 5);
    const gradient = (withStatistics: boolean) =>
      tf.grad((x) => {
        const { outputs, mean, variance } = batchNormalize(x, optionsOf(scale!, offset!));
        const loss = tf.sum(tf.mul(outputs, normal(given.shape, given.seed + 6)));
        const statistics = tf.sum(tf.mul(direction, tf.add(mean, variance)));
        return withStatistics ? tf.add(loss, statistics) : loss;
      })(x!);
    const flat = tf.reshape(x!, [-1, given.channels]);
    const { mean, variance } = tf.moments(flat, 0);
    const run = () => {
      const found = batchNormalize(x!, optionsOf(scale!, offset!));
      expect(found.mean).toBeCloseToTensor(mean, close);
      expect(found.variance).toBeCloseToTensor(variance, close);
      expect(gradient(true)).toBeCloseToTensor(gradient(false), { rtol: 0, atol: 0 });
    };
    run();
    withKernels(batchNormKernels, run);
  });

  law("leaves three tensors behind: its results", cases, (given) => {
    const [x, scale, offset] = draw(given);
    const run = () => batchNormalize(x!, optionsOf(scale!, offset!));
    expect(countTensors(run)).toBe(3);
    withKernels(batchNormKernels, () => expect(countTensors(run)).toBe(3));
  });

  test("names the option that does not fit", () => {
    const options = { ...plain(2), offset: tf.zeros([3]) as tf.Tensor1D };
    expect(() => batchNormalize(tf.zeros([4, 2]), options)).toThrow(
      new RangeError("batchNormalize: offset must be [2]; got [3]."),
    );
    const x = tf.zeros([4, 2]);
    expect(() => batchNormalize(x, { ...plain(2), activation: "sigmoid" as never })).toThrow(
      'batchNormalize: activation must be "linear" or "relu"; got "sigmoid".',
    );
    expect(() => batchNormalize(x, { ...plain(2), epsilon: -1 })).toThrow(
      "batchNormalize: epsilon must be 0 or more; got -1.",
    );
  });
});

describe("normalize", () => {
  test("uses the statistics it is given", () => {
    const outputs = normalize(tf.tensor2d([5, 1], [2, 1]), {
      mean: tf.tensor1d([1]),
      variance: tf.tensor1d([3]),
      scale: tf.tensor1d([2]),
      offset: tf.tensor1d([-1]),
      epsilon: 1,
    });
    expect(outputs).toBeCloseToTensor(tf.tensor2d([3, -1], [2, 1]));
  });

  law("is batchNormalize when it is given the batch's statistics", cases, (given) => {
    const [x, scale, offset] = draw(given);
    const options = { ...optionsOf(scale!, offset!), activation: given.activation };
    const { outputs, mean, variance } = batchNormalize(x!, options);
    expect(normalize(x!, { ...options, mean, variance })).toBeCloseToTensor(outputs, close);
  });

  law("leaves one tensor behind: its result", cases, (given) => {
    const [x, scale, offset] = draw(given);
    const { mean, variance, ...options } = {
      ...optionsOf(scale!, offset!),
      mean: scale!,
      variance: tf.square(scale!),
    };
    const statistics = { mean, variance } as { mean: tf.Tensor1D; variance: tf.Tensor1D };
    expect(countTensors(() => normalize(x!, { ...options, ...statistics }))).toBe(1);
  });

  test("names the option that does not fit", () => {
    const options = { ...plain(2), mean: tf.zeros([2]), variance: tf.zeros([1]) } as never;
    expect(() => normalize(tf.zeros([4, 2]), options)).toThrow(
      new RangeError("normalize: variance must be [2]; got [1]."),
    );
    const unknown = { ...plain(2), mean: tf.zeros([2]), variance: tf.ones([2]), activation: "elu" };
    expect(() => normalize(tf.zeros([4, 2]), unknown as never)).toThrow(
      'normalize: activation must be "linear" or "relu"; got "elu".',
    );
  });
});
