import type { MatrixView, Shape } from "./matrix-view.js";

/**
 * The kernel of a dense layer, `[in, out]`: one matrix.
 *
 * @throws {RangeError} unless `shape` has two axes.
 * @example
 * ```ts
 * dense([576, 128]); // { factors: [576, 128], stack: [], rows: [0], columns: [1] }
 * ```
 */
export function dense(shape: Shape): MatrixView {
  if (shape.length !== 2) {
    throw new RangeError(`dense: shape must be [in, out]; got [${shape}].`);
  }
  return { factors: shape, stack: [], rows: [0], columns: [1] };
}

/**
 * Dense kernels side by side, `[...stack, in, out]`: one matrix for every position of the leading
 * axes, of which there may be any number. Thirty linear regressions in one parameter are
 * `[30, in, 1]`.
 *
 * @throws {RangeError} if `shape` has fewer than two axes.
 * @example
 * ```ts
 * stackedDense([30, 20, 1]); // { factors: [30, 20, 1], stack: [0], rows: [1], columns: [2] }
 * ```
 */
export function stackedDense(shape: Shape): MatrixView {
  const leading = shape.length - 2;
  if (leading < 0) {
    throw new RangeError(`stackedDense: shape must be [...stack, in, out]; got [${shape}].`);
  }
  const stack = Array.from({ length: leading }, (_, axis) => axis);
  return { factors: shape, stack, rows: [leading], columns: [leading + 1] };
}
