import fc from "fast-check";

/**
 * A tensor shape with a block shape that tiles it.
 *
 * Built from grid and block, never filtered, so every shrink step still tiles.
 */
export const tilings = ({ maxRank = 3, maxAxis = 4 } = {}) =>
  fc
    .array(fc.tuple(fc.integer({ min: 1, max: maxAxis }), fc.integer({ min: 1, max: maxAxis })), {
      minLength: 1,
      maxLength: maxRank,
    })
    .map((axes) => ({
      shape: axes.map(([blocks, size]) => blocks * size),
      block: axes.map(([, size]) => size),
    }));

/** A seed for {@link createRandom}-like generators: one number in the report, no time spent shrinking it. */
export const randomSeeds = () => fc.noShrink(fc.integer({ min: 0, max: 0xffffffff }));

/** A seed for big random tensors: one number in the report, and no time spent shrinking it. */
export const seeds = () => fc.noShrink(fc.nat());
