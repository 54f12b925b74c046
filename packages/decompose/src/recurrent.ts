import type { MatrixView, Shape } from "./matrix-view.js";

/**
 * An input or recurrent kernel of an LSTM, `[in, 4 * units]`: a stack of four matrices
 * `[in, units]`, one a gate. TensorFlow.js keeps the gates side by side in the order input, forget,
 * cell, output; any other order of four is read just as well.
 *
 * @throws {RangeError} unless `shape` has two axes and the second is a multiple of 4.
 * @example
 * ```ts
 * lstm([256, 1024]); // { factors: [256, 4, 256], stack: [1], rows: [0], columns: [2] }
 * ```
 */
export function lstm(shape: Shape): MatrixView {
  return gates(shape, { kind: "lstm", count: 4 });
}

/**
 * An input or recurrent kernel of a GRU, `[in, 3 * units]`: a stack of three matrices
 * `[in, units]`, one a gate (update, reset, candidate in TensorFlow.js).
 *
 * @throws {RangeError} unless `shape` has two axes and the second is a multiple of 3.
 * @example
 * ```ts
 * gru([256, 768]); // { factors: [256, 3, 256], stack: [1], rows: [0], columns: [2] }
 * ```
 */
export function gru(shape: Shape): MatrixView {
  return gates(shape, { kind: "gru", count: 3 });
}

function gates(shape: Shape, { kind, count }: { kind: string; count: number }): MatrixView {
  const [inputs, width] = shape;
  if (shape.length !== 2 || width! % count !== 0) {
    throw new RangeError(`${kind}: shape must be [in, ${count} * units]; got [${shape}].`);
  }
  return { factors: [inputs!, count, width! / count], stack: [1], rows: [0], columns: [2] };
}
