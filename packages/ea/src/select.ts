import type { Proposal, Random } from "./proposal.js";

/**
 * Ends a generation: at each listed location the module believed in most becomes the incumbent.
 *
 * A module's score is the sum of the beliefs of the slots that hold it (the paper's h), so two
 * weak challengers that are the same module can beat one strong one. The first slot with the
 * highest score wins, so the incumbent wins every tie. A NaN belief counts as nothing: a module
 * with no other belief cannot win; where there are only NaNs the incumbent stays.
 *
 * @param beliefs row-major `[locations.length, lambda + 1]`, slot 0 the incumbent, then the
 *   challengers in order. Any scores from 0 up, such as a softmax; rows need not sum to 1.
 * @returns a new alignment, `[L]`; locations that are not listed keep their module.
 * @throws {RangeError} if `beliefs` has another length or a negative entry.
 * @example
 * ```ts
 * const proposal = {
 *   alignment: Int32Array.of(5, 6),
 *   locations: Int32Array.of(1),
 *   challengers: Int32Array.of(7, 8, 7),
 *   lambda: 3,
 *   revived: new Int32Array(0),
 * };
 * // 8 has the strongest slot, but the two slots of 7 add up to more
 * select(proposal, Float32Array.of(0.25, 0.1875, 0.3125, 0.25)); // Int32Array [5, 7]
 * ```
 */
export function select(proposal: Proposal, beliefs: Float32Array | Float64Array): Int32Array {
  const { alignment, locations, challengers, lambda } = proposal;
  if (beliefs.length !== locations.length * (lambda + 1)) {
    throw new RangeError(
      `select: beliefs must have shape [${locations.length}, ${lambda + 1}], ${locations.length * (lambda + 1)} numbers; got ${beliefs.length}.`,
    );
  }
  const selected = alignment.slice();
  const candidates = new Int32Array(lambda + 1); // one row at a time: nothing grows with L
  const row = new Float64Array(lambda + 1);
  for (let i = 0; i < locations.length; i++) {
    const location = locations[i]!;
    candidates[0] = alignment[location]!;
    for (let c = 0; c < lambda; c++) candidates[c + 1] = challengers[i * lambda + c]!;
    for (let slot = 0; slot <= lambda; slot++) {
      const belief = beliefs[i * (lambda + 1) + slot]!;
      if (belief < 0) throw negative(belief, { location, slot });
      row[slot] = belief;
    }
    selected[location] = candidates[bestSlot(candidates, row)]!;
  }
  return selected;
}

/**
 * Ends a generation without beliefs: at each listed location a slot, incumbent included, is drawn
 * uniformly. The control that tells whether {@link select} does better than drift.
 *
 * @returns a new alignment, `[L]`.
 */
export function selectRandom(proposal: Proposal, random: Random): Int32Array {
  const { alignment, locations, challengers, lambda } = proposal;
  const selected = alignment.slice();
  for (let row = 0; row < locations.length; row++) {
    const slot = Math.floor(random() * (lambda + 1));
    if (slot > 0) selected[locations[row]!] = challengers[row * lambda + slot - 1]!;
  }
  return selected;
}

/** Quadratic in the few candidates: cheaper than a table of scores as long as the bank. */
function bestSlot(candidates: Int32Array, beliefs: Float64Array): number {
  let best = 0;
  let bestScore = -1; // below any belief
  for (let slot = 0; slot < candidates.length; slot++) {
    const module = candidates[slot]!;
    let score = -1;
    for (let other = 0; other < candidates.length; other++) {
      const belief = beliefs[other]!;
      if (candidates[other] !== module || Number.isNaN(belief)) continue;
      score = score < 0 ? belief : score + belief;
    }
    if (score > bestScore) {
      best = slot;
      bestScore = score;
    }
  }
  return best;
}

function negative(belief: number, at: { location: number; slot: number }): RangeError {
  return new RangeError(
    `select: beliefs must not be negative; got ${belief} at location ${at.location}, slot ${at.slot}. Take their softmax first.`,
  );
}
