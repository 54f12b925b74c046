import type { Proposal } from "./proposal.js";

/**
 * The modules that compete at each listed location, row-major `[locations.length, lambda + 1]`: the
 * incumbent, then its challengers. Score them in this order for `select`.
 *
 * @example
 * ```ts
 * candidates({
 *   alignment: Int32Array.of(5, 6),
 *   locations: Int32Array.of(1),
 *   challengers: Int32Array.of(7, 8),
 *   lambda: 2,
 *   revived: new Int32Array(0),
 * }); // Int32Array [6, 7, 8]
 * ```
 */
export function candidates(proposal: Proposal): Int32Array {
  const { alignment, locations, challengers, lambda } = proposal;
  const all = new Int32Array(locations.length * (lambda + 1));
  for (let row = 0, slot = 0; row < locations.length; row++) {
    all[slot++] = alignment[locations[row]!]!;
    for (let i = 0; i < lambda; i++) all[slot++] = challengers[row * lambda + i]!;
  }
  return all;
}
