import { softmaxCrossEntropy } from "@muir/ops";
import { countTensors, law, normal, seeds } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { valueAndGradients } from "./gradients-of.js";
import { integers } from "./integers.js";
import { softmaxCrossEntropyKernel } from "./stand-ins/softmax-cross-entropy.js";
import { withKernels } from "./stand-ins/stand-in.js";

const size = fc.integer({ min: 1, max: 5 });
const cases = fc
  .record({ groups: fc.integer({ min: 0, max: 3 }), rows: size, classes: size, seed: seeds() })
  .map(({ groups, rows, classes, seed }) => {
    const rowShape = groups === 0 ? [rows] : [groups, rows];
    return { rowShape, classes, seed: seed % 2 ** 30 };
  });
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

const drawLogits = ({ rowShape, classes, seed }: Case) =>
  tf.mul(3, normal([...rowShape, classes], seed));
const drawLabels = ({ rowShape, classes, seed }: Case) => integers(rowShape, classes, seed + 1);
const close = { rtol: 1e-5, atol: 1e-6 };

describe("softmaxCrossEntropy", () => {
  test("is the logarithm of the number of classes where all are equally likely", () => {
    const loss = softmaxCrossEntropy(tf.zeros([2, 4]), tf.tensor1d([0, 3], "int32"));
    expect(loss).toBeCloseToTensor(tf.tensor1d([Math.log(4)]));
  });

  test("is the mean of each group", () => {
    const logits = tf.log(tf.tensor3d([0.5, 0.5, 0.25, 0.75, 0.1, 0.9, 0.8, 0.2], [2, 2, 2]));
    const labels = tf.tensor2d([0, 0, 1, 0], [2, 2], "int32");
    expect(softmaxCrossEntropy(logits, labels)).toBeCloseToTensor(
      tf.tensor1d([-Math.log(0.5 * 0.25) / 2, -Math.log(0.9 * 0.8) / 2]),
    );
  });

  test("stays finite for logits of any size", () => {
    const logits = tf.tensor2d([1e4, -1e4, -1e4, 1e4], [2, 2]);
    const loss = softmaxCrossEntropy(logits, tf.tensor1d([0, 0], "int32"));
    expect(loss).toBeCloseToTensor(tf.tensor1d([1e4]));
  });

  test("leaves out classes that are ruled out, in its gradient too", () => {
    const logits = tf.tensor2d([1, 2, Number.NEGATIVE_INFINITY], [1, 3]);
    const labels = tf.tensor1d([0], "int32");
    const run = () => valueAndGradients((x) => softmaxCrossEntropy(x!, labels), [logits]);
    const share = Math.exp(1) / (Math.exp(1) + Math.exp(2));
    for (const [value, gradient] of [run(), withKernels([softmaxCrossEntropyKernel], run)]) {
      expect(value!).toBeCloseToTensor(tf.tensor1d([-Math.log(share)]));
      expect(gradient!).toBeCloseToTensor(tf.tensor2d([share - 1, 1 - share, 0], [1, 3]));
    }
  });

  law("does not change when all logits of a row move together", cases, (given) => {
    const [logits, labels] = [drawLogits(given), drawLabels(given)];
    const moved = tf.add(logits, normal([...given.rowShape, 1], given.seed + 2));
    expect(softmaxCrossEntropy(moved, labels)).toBeCloseToTensor(
      softmaxCrossEntropy(logits, labels),
      { rtol: 1e-5, atol: 1e-5 },
    );
  });

  law(
    "is with its gradient what the obvious loop gives, without a kernel and with it",
    cases,
    (given) => {
      const labels = drawLabels(given);
      for (const upstream of [undefined, given.seed]) {
        const run = () =>
          valueAndGradients((x) => softmaxCrossEntropy(x!, labels), [drawLogits(given)], upstream);
        const [value, gradient] = run();
        const fused = withKernels([softmaxCrossEntropyKernel], run);
        expect(value!).toBeCloseToTensor(fused[0]!, close);
        expect(gradient!).toBeCloseToTensor(fused[1]!, close);
      }
    },
  );

  law("leaves one tensor behind: its result", cases, (given) => {
    const [logits, labels] = [drawLogits(given), drawLabels(given)];
    const run = () => softmaxCrossEntropy(logits, labels);
    expect(countTensors(run)).toBe(1);
    withKernels([softmaxCrossEntropyKernel], () => expect(countTensors(run)).toBe(1));
  });

  test("asks the kernel for a gradient only while one is being taken", () => {
    const asked: boolean[] = [];
    const watched = {
      ...softmaxCrossEntropyKernel,
      compute: (inputs: never, attributes: never) => {
        asked.push((attributes as { gradient: boolean }).gradient);
        return softmaxCrossEntropyKernel.compute(inputs, attributes);
      },
    };
    const labels = tf.tensor1d([1], "int32");
    withKernels([watched], () => {
      softmaxCrossEntropy(tf.zeros([1, 2]), labels);
      tf.grad((x) => softmaxCrossEntropy(x, labels))(tf.zeros([1, 2]));
    });
    expect(asked).toEqual([false, true]);
  });

  test("multiplies the kernel's gradient only where there is something to multiply by", async () => {
    const labels = tf.tensor1d([1], "int32");
    const kernelsFor = async (upstream: tf.Tensor) => {
      const { kernelNames } = await withKernels([softmaxCrossEntropyKernel], () =>
        tf.profile(() =>
          tf.grad((x) => softmaxCrossEntropy(x, labels))(tf.zeros([1, 2]), upstream),
        ),
      );
      return kernelNames;
    };
    expect(await kernelsFor(tf.tensor1d([1]))).not.toContain("Multiply");
    expect(await kernelsFor(tf.tensor1d([2]))).toContain("Multiply");
  });

  test("names the first label that is no class", () => {
    expect(() => softmaxCrossEntropy(tf.zeros([3, 2]), tf.tensor1d([1, 2, -1], "int32"))).toThrow(
      new RangeError(
        "softmaxCrossEntropy: labels must be integers from 0 to 1; got 2 at flat index 1.",
      ),
    );
  });

  test("rejects labels of another type, and shapes that do not fit", () => {
    expect(() => softmaxCrossEntropy(tf.zeros([1, 2]), tf.tensor1d([0]))).toThrow(
      new TypeError(
        'softmaxCrossEntropy: labels must be int32; got float32. Make it with tf.tensor(values, shape, "int32").',
      ),
    );
    const labels = tf.tensor1d([0], "int32");
    expect(() => softmaxCrossEntropy(tf.zeros([2, 2]), labels)).toThrow(
      new RangeError("softmaxCrossEntropy: labels must be [2]; got [1]."),
    );
    expect(() => softmaxCrossEntropy(tf.zeros([2]), labels)).toThrow(
      new RangeError("softmaxCrossEntropy: logits must be [N,V]; got [2]."),
    );
  });
});
