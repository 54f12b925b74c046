import { checkPositiveInteger, checkSampling, checkValues } from "./check.js";
import type { Proposal, Random, Sampling } from "./proposal.js";
import { resampling } from "./resampling.js";
import { reviveSome, unusedAmong } from "./revive.js";
import { usage } from "./usage.js";

/** How {@link propose} chooses locations and their challengers. */
export interface ProposeOptions {
  /** Modules K. */
  readonly modules: number;
  /** Challengers per chosen location, at least 1. */
  readonly lambda: number;
  /** Share of the locations that get challengers, in (0, 1]; rounded up to whole locations. */
  readonly fraction: number;
  /**
   * `"proportional"`: a challenger is the module of a uniformly drawn location, so a module that
   * proved itself is tried more often and one that no location uses is never tried. `"uniform"`:
   * any of the K modules alike; those that no location uses count as revived.
   */
  readonly sampling: Sampling;
  /** Probability that a challenger is instead a uniformly drawn unused module, if there is one. Default 1e-4. */
  readonly reviveProbability?: number;
}

/**
 * Starts a generation: draws who competes where.
 *
 * ceil(fraction L) distinct locations, every such set equally likely, get `lambda` challengers
 * each. A challenger may equal the incumbent or another challenger; `select` adds their
 * beliefs up. Linear in L and K; the result refers to `alignment`, which is not copied.
 *
 * @param alignment the module of each location, `[L]`.
 * @throws {RangeError} if there are fewer than two locations, `lambda` or `modules` is not a
 *   positive integer, `fraction` is outside (0, 1], `reviveProbability` outside [0, 1], or
 *   `alignment` holds something that is no module.
 * @throws {TypeError} if `alignment` is not an Int32Array.
 * @example
 * ```ts
 * const alignment = Int32Array.of(0, 1, 2, 3);
 * const options = { modules: 4, lambda: 1, fraction: 0.5, sampling: "proportional" } as const;
 * const { locations, challengers } = propose(alignment, options, createRandom(7));
 * locations; // Int32Array [2, 3]
 * challengers; // Int32Array [3, 0]
 * ```
 */
export function propose(
  alignment: Int32Array,
  { modules, lambda, fraction, sampling, reviveProbability = 1e-4 }: ProposeOptions,
  random: Random,
): Proposal {
  checkLambda(lambda);
  checkPositiveInteger("propose", "modules", modules);
  checkShares(fraction, reviveProbability);
  checkSampling("propose", sampling);
  checkValues("propose", "alignment", alignment, modules);
  if (alignment.length < 2) {
    throw new RangeError(
      `propose: a search needs at least two locations; got ${alignment.length}. With fewer there is nothing to share: train without a search.`,
    );
  }
  const locations = drawLocations(alignment.length, fraction, random);
  const draw = resampling({ sampling, values: modules }, random);
  const challengers = new Int32Array(locations.length * lambda);
  for (let slot = 0; slot < challengers.length; slot++) challengers[slot] = draw(alignment);
  const used = usage(alignment, modules);
  reviveSome(challengers, { used, reviveProbability }, random);
  return { alignment, locations, challengers, lambda, revived: unusedAmong(challengers, used) };
}

/** Selection sampling: one pass, ascending, every subset equally likely. */
function drawLocations(total: number, fraction: number, random: Random): Int32Array {
  // 0.07 * 100 is 7.000000000000001: rounded up, one too many
  const chosen = new Int32Array(Math.ceil(fraction * total * (1 - 2 ** -50)));
  let missing = chosen.length;
  for (let location = 0; missing > 0; location++) {
    if (random() * (total - location) < missing) {
      chosen[chosen.length - missing] = location;
      missing--;
    }
  }
  return chosen;
}

function checkLambda(lambda: number): void {
  if (!Number.isSafeInteger(lambda) || lambda < 1) {
    throw new RangeError(
      `propose: lambda must be a positive integer; got ${lambda}. For no search at all, do not call propose.`,
    );
  }
}

function checkShares(fraction: number, reviveProbability: number): void {
  if (!(fraction > 0 && fraction <= 1)) {
    throw new RangeError(
      `propose: fraction must be above 0 and at most 1; got ${fraction}. For no search at all, do not call propose.`,
    );
  }
  if (!(reviveProbability >= 0 && reviveProbability <= 1)) {
    throw new RangeError(
      `propose: reviveProbability must be from 0 to 1; got ${reviveProbability}.`,
    );
  }
}
