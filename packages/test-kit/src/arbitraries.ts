import fc from "fast-check";

/** Limits of {@link tilings}; a side has at most `maxAxis * maxAxis` entries. */
export interface TilingLimits {
  /** Axes, at least 1. 3 unless told otherwise. */
  readonly maxRank?: number;
  /** Blocks along an axis, and entries along a block's axis. 4 unless told otherwise. */
  readonly maxAxis?: number;
}

/** A tensor shape with the shape of a block that tiles it. */
export interface Tiling {
  readonly shape: number[];
  readonly block: number[];
}

/**
 * A tensor shape with a block shape that tiles it.
 *
 * Built from grid and block, never filtered, so every shrink step still tiles.
 *
 * @example
 * ```ts
 * law("splits and joins back", tilings(), ({ shape, block }) => {
 *   const weights = numbered(shape);
 *   expect(join(split(weights, block), shape)).toBeCloseToTensor(weights, { rtol: 0, atol: 0 });
 * });
 * ```
 */
export function tilings({ maxRank = 3, maxAxis = 4 }: TilingLimits = {}): fc.Arbitrary<Tiling> {
  const axis = fc.record({
    blocks: fc.integer({ min: 1, max: maxAxis }),
    size: fc.integer({ min: 1, max: maxAxis }),
  });
  return fc.array(axis, { minLength: 1, maxLength: maxRank }).map((axes) => ({
    shape: axes.map(({ blocks, size }) => blocks * size),
    block: axes.map(({ size }) => size),
  }));
}

/** A seed from 0 to 2^32 - 1 for a random generator: one number in the report, no time spent shrinking it. */
export function randomSeeds(): fc.Arbitrary<number> {
  return fc.noShrink(fc.integer({ min: 0, max: 0xffffffff }));
}

/** A seed from 0 to 2^31 - 1, for generators that want a signed 32-bit one; not shrunk either. */
export function seeds(): fc.Arbitrary<number> {
  return fc.noShrink(fc.nat());
}
