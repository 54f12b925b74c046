import { alignmentAfter, alignmentRows } from "../alignment-rows.js";
import type { RunRecord } from "../run-record.js";
import { locationLayers } from "./location-tasks.js";

/** How much more often than by chance the locations of two layers use one hypermodule. */
export interface SharingMatrix {
  readonly layers: readonly { readonly name: string; readonly locations: number }[];
  /**
   * `[layers, layers]`, symmetric: the share of pairs of locations, one of each layer, that use one
   * hypermodule, over `chance`. On the diagonal pairs within a layer; NaN where there is no pair, or
   * where chance is 0.
   */
  readonly ratios: Float64Array;
  /** The share of all pairs of two locations of the run that use one hypermodule. */
  readonly chance: number;
}

/**
 * Layer-by-layer sharing against chance (Fig. 3b of the paper), after `generation`, the last unless
 * given. Chance is what the same alignment gives when it is dealt out to the locations at random, so
 * that a ratio of 1 says nothing about two layers, 0 that they share nothing.
 *
 * Undefined where the run does not name its locations or has none.
 *
 * @example
 * ```ts
 * const { layers, ratios } = sharingMatrix(record)!;
 * ratios[layers.length]; // 1.7: layers 0 and 1 share 1.7 times as much as chance would have it
 * ```
 */
export function sharingMatrix(
  record: RunRecord,
  generation = alignmentRows(record) - 1,
): SharingMatrix | undefined {
  const layers = locationLayers(record);
  if (layers === undefined || layers.of.length === 0) return undefined;
  const alignment = alignmentAfter(record, generation);
  const size = layers.names.length;
  const sizes = new Int32Array(size);
  const uses = new Map<number, Map<number, number>>(); // of each module: its locations by layer
  layers.of.forEach((layer, location) => {
    sizes[layer]!++;
    const module = alignment[location]!;
    const byLayer = uses.get(module) ?? new Map<number, number>();
    byLayer.set(layer, (byLayer.get(layer) ?? 0) + 1);
    uses.set(module, byLayer);
  });
  const together = new Float64Array(size * size); // ordered pairs of two locations
  let all = 0;
  for (const byLayer of uses.values()) {
    for (const [a, countA] of byLayer) {
      for (const [b, countB] of byLayer) {
        const pairs = countA * (a === b ? countB - 1 : countB);
        together[a * size + b]! += pairs;
        all += pairs;
      }
    }
  }
  const locations = alignment.length;
  const chance = locations > 1 ? all / (locations * (locations - 1)) : 0;
  const ratios = together.map((pairs, at) => {
    const [a, b] = [Math.floor(at / size), at % size];
    const possible = sizes[a]! * (a === b ? sizes[b]! - 1 : sizes[b]!);
    return pairs / possible / chance; // 0 / 0 is NaN, as it should be
  });
  return {
    layers: layers.names.map((name, layer) => ({ name, locations: sizes[layer]! })),
    ratios,
    chance,
  };
}
