import type { MatrixView, Shape } from "./matrix-view.js";
import { mergeAxes } from "./merge-axes.js";

/**
 * One step from a weight tensor to its blocks: read it as `shape`, pad it at the far ends to
 * `padded`, read that as `split`, and transpose by `order`.
 */
export interface Rearrangement {
  readonly shape: Shape;
  readonly padded: Shape;
  readonly split: Shape;
  /** Axes of `split`; an ascending order moves nothing. */
  readonly order: readonly number[];
}

/**
 * The steps that bring a tensor read as `view` into the order matrix, row block, column block, row,
 * column.
 *
 * One step where the stack comes first and rows and columns each are one axis, or neighbours that
 * merge into one, as in nearly every kind. Otherwise a first step puts the matrices together: two
 * transposes of few axes are far faster than one of many on backends without a kernel for that.
 */
export function planRearrangements(
  { factors, stack, rows, columns }: MatrixView,
  block: readonly [number, number],
): Rearrangement[] {
  const merged = mergeAxes(factors, [stack, rows, columns]);
  const [stackAxes, rowAxes, columnAxes] = merged.groups as [number[], number[], number[]];
  if (rowAxes.length <= 1 && columnAxes.length <= 1) {
    const shape = [...merged.shape];
    const row = rowAxes[0] ?? shape.push(1) - 1; // nothing there: an axis of size 1
    const column = columnAxes[0] ?? shape.push(1) - 1;
    const step = cutting(shape, { stack: stackAxes, row, column, block });
    if (step.order.length <= fastAxes) return [step];
  }
  const matrices = [stackAxes, rowAxes, columnAxes].map((axes) =>
    axes.reduce((product, axis) => product * merged.shape[axis]!, 1),
  );
  return [
    {
      shape: merged.shape,
      padded: merged.shape,
      split: merged.shape,
      order: merged.groups.flat(),
    },
    cutting(matrices, { stack: [0], row: 1, column: 2, block }),
  ];
}

/** The most axes for which TensorFlow.js backends have transposes of their own. */
const fastAxes = 4;

interface Cut {
  readonly stack: readonly number[];
  readonly row: number;
  readonly column: number;
  readonly block: readonly [number, number];
}

function cutting(shape: Shape, { stack, row, column, block: [m, n] }: Cut): Rearrangement {
  const step = shape.map((_, axis) => (axis === row ? m : axis === column ? n : 1));
  const grid = shape.map((size, axis) => Math.ceil(size / step[axis]!));
  // axis a of `shape` becomes 2a, its place in the grid, and 2a + 1, its place in the block
  const interleaved = grid.flatMap((count, axis) => [count, step[axis]!]);
  const order = [...stack, row, column].map((axis) => 2 * axis);
  const { shape: split, groups } = mergeAxes(interleaved, [
    [...order, 2 * row + 1, 2 * column + 1],
  ]);
  return {
    shape,
    padded: grid.map((count, axis) => count * step[axis]!),
    split,
    order: groups[0]!,
  };
}
