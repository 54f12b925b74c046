import type { MatrixView, Shape } from "./matrix-view.js";

/**
 * The filter of a one-dimensional convolution, `[k, in, out]`: one matrix for each of its k
 * positions.
 *
 * @throws {RangeError} unless `shape` has three axes.
 * @example
 * ```ts
 * conv1d([24, 256, 256]); // { factors: [24, 256, 256], stack: [0], rows: [1], columns: [2] }
 * ```
 */
export function conv1d(shape: Shape): MatrixView {
  if (shape.length !== 3) {
    throw new RangeError(`conv1d: shape must be [k, in, out]; got [${shape}].`);
  }
  return { factors: shape, stack: [0], rows: [1], columns: [2] };
}

/**
 * The filter of a two-dimensional convolution, `[kh, kw, in, out]`: one matrix for each of its
 * kh * kw positions.
 *
 * @throws {RangeError} unless `shape` has four axes.
 * @example
 * ```ts
 * conv2d([5, 5, 16, 16]); // { factors: [5, 5, 16, 16], stack: [0, 1], rows: [2], columns: [3] }
 * ```
 */
export function conv2d(shape: Shape): MatrixView {
  if (shape.length !== 4) {
    throw new RangeError(`conv2d: shape must be [kh, kw, in, out]; got [${shape}].`);
  }
  return { factors: shape, stack: [0, 1], rows: [2], columns: [3] };
}

/**
 * The filter of a three-dimensional convolution, `[kd, kh, kw, in, out]`: one matrix for each of its
 * kd * kh * kw positions.
 *
 * @throws {RangeError} unless `shape` has five axes.
 * @example
 * ```ts
 * conv3d([3, 3, 3, 8, 16]); // { factors: [3, 3, 3, 8, 16], stack: [0, 1, 2], rows: [3], columns: [4] }
 * ```
 */
export function conv3d(shape: Shape): MatrixView {
  if (shape.length !== 5) {
    throw new RangeError(`conv3d: shape must be [kd, kh, kw, in, out]; got [${shape}].`);
  }
  return { factors: shape, stack: [0, 1, 2], rows: [3], columns: [4] };
}

/**
 * The filter of a depthwise convolution, `[kh, kw, in, multiplier]`: one matrix `[in, kh * kw *
 * multiplier]`, whose row i holds all that channel i gives out.
 *
 * Channels do not mix here, so there is no in x out matrix at a position as {@link conv2d} has it:
 * a stack over positions would be of matrices `multiplier` columns wide, which is nearly always
 * one, and 16 x 16 blocks would lose 15 of their 16 columns. Read this way, 32 channels of 3 x 3
 * filters take 2 such blocks instead of 18. Write the other reading with `matrixView` if you want it.
 *
 * @throws {RangeError} unless `shape` has four axes.
 * @example
 * ```ts
 * depthwiseConv2d([3, 3, 32, 1]); // { factors: [3, 3, 32, 1], stack: [], rows: [2], columns: [0, 1, 3] }
 * ```
 */
export function depthwiseConv2d(shape: Shape): MatrixView {
  if (shape.length !== 4) {
    throw new RangeError(
      `depthwiseConv2d: shape must be [kh, kw, in, multiplier]; got [${shape}].`,
    );
  }
  return { factors: shape, stack: [], rows: [2], columns: [0, 1, 3] };
}
