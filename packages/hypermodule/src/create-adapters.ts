import { standardNormal } from "@muir/random";
import * as tf from "@tensorflow/tfjs-core";
import type { Adapters } from "./adapters.js";

interface AdapterOptions {
  readonly locations: number;
  readonly block: readonly [number, number];
  /** r, from 1 to the smaller side of a block. */
  readonly rank: number;
  readonly random: () => number;
}

/**
 * Adapters that add nothing yet: V is zero, U is normal with deviation 1 / sqrt(r).
 *
 * So a network starts as without them, and a step of Adam on V moves an entry of a block by one learning rate
 * (root mean square), as it moves a plain weight.
 */
export function createAdapters({ locations, block, rank, random }: AdapterOptions): Adapters {
  const [rows, columns] = block;
  const values = new Float32Array(locations * rows * rank);
  for (let i = 0; i < values.length; i++) values[i] = standardNormal(random) / Math.sqrt(rank);
  return {
    adapterIn: tf.tensor3d(values, [locations, rows, rank]),
    adapterOut: tf.zeros([locations, rank, columns]),
  };
}

/**
 * Checks the rank of adapters: 0 is none.
 *
 * @throws {RangeError} unless it is an integer from 0 to the smaller side of a block.
 */
export function checkAdapterRank(
  rank: number,
  { block, caller }: { block: readonly [number, number]; caller: string },
): void {
  const most = Math.min(...block);
  if (Number.isInteger(rank) && rank >= 0 && rank <= most) return;
  throw new RangeError(
    `${caller}: adapterRank must be an integer from 0 to ${most}, the smaller side of a block [${block}]; got ${rank}.`,
  );
}
