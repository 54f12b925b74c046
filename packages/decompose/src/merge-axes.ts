import type { Shape } from "./matrix-view.js";

/**
 * The same tensor with the fewest axes: those of size 1 dropped, and neighbours that also follow
 * each other in one of `groups` made one.
 *
 * Backends transpose few axes faster than many, and some no more than six.
 *
 * @returns the new shape, and `groups` in terms of its axes.
 */
export function mergeAxes(
  shape: Shape,
  groups: readonly (readonly number[])[],
): { shape: number[]; groups: number[][] } {
  const long = shape.flatMap((size, axis) => (size === 1 ? [] : [axis]));
  const followsInShape = new Map(long.map((axis, i) => [long[i - 1], axis]));
  const runs = groups.map((group) => {
    const runsOfGroup: number[][] = [];
    for (const axis of group.filter((axis) => shape[axis] !== 1)) {
      const run = runsOfGroup.at(-1);
      if (run !== undefined && followsInShape.get(run.at(-1)) === axis) run.push(axis);
      else runsOfGroup.push([axis]);
    }
    return runsOfGroup;
  });
  const sorted = runs.flat().sort((a, b) => a[0]! - b[0]!);
  return {
    shape: sorted.map((run) => run.reduce((product, axis) => product * shape[axis]!, 1)),
    groups: runs.map((group) => group.map((run) => sorted.indexOf(run))),
  };
}
