import * as tf from "@tensorflow/tfjs-core";
import { restored, type Stored } from "./fixture.js";

/** From the layout that PyTorch keeps a tensor in to ours. */
export type Layout = (tensor: tf.Tensor) => tf.Tensor;

const permuted =
  (...axes: number[]): Layout =>
  (tensor) =>
    tf.transpose(tensor, axes);

/** `[batch, channels, height, width]`. */
export const images = permuted(0, 2, 3, 1);
/** `[out, in]`; an LSTM's `[4 * hidden, in]`, whose gates stand in our order. */
export const dense = permuted(1, 0);
/** `[out, in, k]`. */
export const conv1d = permuted(2, 1, 0);
/** `[out, in, kh, kw]`. */
export const conv2d = permuted(2, 3, 1, 0);
/** The same in both. */
export const same: Layout = (tensor) => tf.reshape(tensor, tensor.shape);

/** A dense layer after a feature map that PyTorch flattens in the order channels, height, width. */
export const denseAfter =
  (...[channels, height, width]: [number, number, number]): Layout =>
  (tensor) =>
    tf.reshape(conv2d(tf.reshape(tensor, [tensor.shape[0]!, channels, height, width])), [
      channels * height * width,
      -1,
    ]);

/** For each of our names, PyTorch's and its layout. */
export type Names = Readonly<Record<string, readonly [name: string, layout: Layout]>>;

/** Stored tensors by our names, in our layout; those that are not stored are left out. */
export function translated(stored: Stored, names: Names): Record<string, tf.Tensor> {
  const found = Object.entries(names).flatMap(([ours, [theirs, layout]]) => {
    const tensor = stored[theirs];
    return tensor === undefined ? [] : [[ours, layout(restored(tensor))] as const];
  });
  return Object.fromEntries(found);
}
