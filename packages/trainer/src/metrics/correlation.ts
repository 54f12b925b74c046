import * as tf from "@tensorflow/tfjs-core";
import type { BatchMetric } from "../metric.js";
import { numbersFor } from "../target-spec.js";
import { total } from "./total.js";

/**
 * Pearson's correlation of outputs and targets, over all their numbers: from -1 to 1, whatever their
 * scale and offset. NaN where either is constant.
 *
 * In a batch, numbers are shifted by the batch's first and sums of products are about the batch's mean,
 * in float32; batches are put together in double precision. So a large mean beside a small spread
 * costs nothing but what float32 has lost of the numbers themselves, about 6e-8 of the mean each, and the
 * sums of a batch have the relative error of a sum in float32.
 */
export const correlation: BatchMetric = {
  name: "correlation",
  better: "higher",
  targets: numbersFor,
  measure: (outputs, targets, tasks) =>
    tf.tidy(() => {
      const x = moments(outputs, tasks);
      const y = moments(targets, tasks);
      const products = tf.sum(tf.mul(x.centred, y.centred), 1, true);
      const count = tf.fill([tasks, 1], outputs.size / tasks);
      return tf.concat([count, ...x.numbers, ...y.numbers, products], 1) as tf.Tensor2D;
    }),
  value: (batches) => {
    const xx = about(batches, { of: [X, X], within: 3 });
    const yy = about(batches, { of: [Y, Y], within: 6 });
    const xy = about(batches, { of: [X, Y], within: 7 });
    return xy / Math.sqrt(xx * yy);
  },
};

/** Where a batch's numbers have the shift of each variable; the mean of what was shifted is next. */
const [X, Y] = [1, 4];

/** Each task's numbers about their mean, and: a number they were shifted by, their mean then, and the sum of squares. */
function moments(tensor: tf.Tensor, tasks: number) {
  const rows = tf.cast(tf.reshape(tensor, [tasks, -1]), "float32") as tf.Tensor2D;
  const shift = tf.slice(rows, [0, 0], [tasks, 1]);
  const shifted = tf.sub(rows, shift);
  const mean = tf.mean(shifted, 1, true);
  const centred = tf.sub(shifted, mean);
  return { centred, numbers: [shift, mean, tf.sum(tf.square(centred), 1, true)] };
}

interface Products {
  /** Two variables. */
  readonly of: readonly [number, number];
  /** Where a batch's numbers have the sum of their products about the batch's means. */
  readonly within: number;
}

/** The sum of products about the means of all batches: within batches, and of their means. */
function about(batches: readonly ArrayLike<number>[], { of, within }: Products): number {
  const [first, second] = of;
  const [a, b] = [meansOf(batches, first), meansOf(batches, second)];
  return batches.reduce(
    (sum, numbers, i) => sum + numbers[within]! + numbers[0]! * a[i]! * b[i]!,
    0,
  );
}

/** The mean of each batch about that of all. */
function meansOf(batches: readonly ArrayLike<number>[], variable: number): number[] {
  const first = meanOf(batches[0]!, variable);
  // about the first, so that a constant has differences of exactly zero
  const means = batches.map((numbers) => meanOf(numbers, variable) - first);
  const sum = means.reduce((sum, mean, i) => sum + batches[i]![0]! * mean, 0);
  return means.map((mean) => mean - sum / total(batches, 0));
}

const meanOf = (numbers: ArrayLike<number>, variable: number) =>
  numbers[variable]! + numbers[variable + 1]!;
