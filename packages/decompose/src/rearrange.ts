import * as tf from "@tensorflow/tfjs-core";
import type { Shape } from "./matrix-view.js";
import type { Rearrangement } from "./plan-rearrangements.js";

/** Goes from a weight tensor to its blocks. Anything that would move nothing is left out. */
export function rearrange(tensor: tf.Tensor, steps: readonly Rearrangement[]): tf.Tensor {
  return steps.reduce((given, { shape, padded, split, order }) => {
    const whole = equal(shape, padded) ? given : tf.pad(read(given, shape), margins(shape, padded));
    return isAscending(order) ? whole : tf.transpose(read(whole, split), [...order]);
  }, tensor);
}

/** Goes the way of {@link rearrange} backwards; what it padded is cut off. */
export function rearrangeBack(blocks: tf.Tensor, steps: readonly Rearrangement[]): tf.Tensor {
  return steps.reduceRight((given, { shape, padded, split, order }) => {
    const whole = isAscending(order)
      ? given
      : tf.transpose(read(given, sizes(split, order)), inverse(order));
    return equal(shape, padded) ? whole : tf.slice(read(whole, padded), zeros(shape), [...shape]);
  }, blocks);
}

const read = (tensor: tf.Tensor, shape: Shape) =>
  equal(tensor.shape, shape) ? tensor : tf.reshape(tensor, [...shape]);

const equal = (a: Shape, b: Shape) => a.length === b.length && a.every((size, i) => size === b[i]);

const isAscending = (order: readonly number[]) => order.every((axis, i) => axis === i);

const margins = (shape: Shape, padded: Shape) =>
  shape.map((size, axis): [number, number] => [0, padded[axis]! - size]);

const zeros = (shape: Shape) => shape.map(() => 0);

const sizes = (split: Shape, order: readonly number[]) => order.map((axis) => split[axis]!);

const inverse = (order: readonly number[]) => order.map((_, axis) => order.indexOf(axis));
