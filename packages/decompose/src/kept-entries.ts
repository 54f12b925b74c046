import type { DecompositionPlan } from "./decomposition-plan.js";

/**
 * How many entries of each location's block are weights, `[L]`: m n, and fewer at edges that m or n does
 * not divide, where the rest is discarded.
 *
 * @example
 * ```ts
 * const line = { name: "line", parameters: { w: { shape: [17, 16], kind: dense } } };
 * keptEntries(planDecomposition([line], { block: [16, 16] })); // [256, 16]
 * ```
 */
export function keptEntries({ block, locations, shared }: DecompositionPlan): Int32Array {
  const [m, n] = block;
  const entries = new Int32Array(locations);
  for (const { first, count, rows, columns, grid } of shared) {
    const [, rowBlocks, columnBlocks] = grid;
    for (let i = 0; i < count; i++) {
      const row = Math.floor(i / columnBlocks) % rowBlocks;
      const column = i % columnBlocks;
      entries[first + i] = Math.min(m, rows - row * m) * Math.min(n, columns - column * n);
    }
  }
  return entries;
}
