import type { MatrixView, Shape } from "./matrix-view.js";

/**
 * The filter of a transposed two-dimensional convolution, `[kh, kw, out, in]`: one matrix for each of
 * its kh * kw positions. Rows are what goes in, as everywhere, though TensorFlow.js keeps it last here.
 *
 * @throws {RangeError} unless `shape` has four axes.
 * @example
 * ```ts
 * conv2dTranspose([2, 2, 8, 16]); // { factors: [2, 2, 8, 16], stack: [0, 1], rows: [3], columns: [2] }
 * ```
 */
export function conv2dTranspose(shape: Shape): MatrixView {
  if (shape.length !== 4) {
    throw new RangeError(`conv2dTranspose: shape must be [kh, kw, out, in]; got [${shape}].`);
  }
  return { factors: shape, stack: [0, 1], rows: [3], columns: [2] };
}
