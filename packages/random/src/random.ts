import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { keyOf } from "./key-of.js";

/** Everything needed to go on drawing where a generator stood. Plain numbers, safe in JSON. */
export interface RandomState {
  readonly key: number;
  readonly position: readonly number[];
}

/** A source of uniform draws in [0, 1). Call it to draw. */
export interface Random {
  (): number;
  /**
   * An independent generator for one purpose. It depends on this generator's seed and on `label`
   * only, not on how many numbers were drawn, so that adding a draw in one place of a program
   * leaves every other place as it was.
   */
  split(label: string): Random;
  /** The state to save; {@link restoreRandom} goes on from it. */
  state(): RandomState;
}

/**
 * A generator whose every draw follows from `seed` (xoroshiro128+, 53 random bits a draw).
 *
 * @param seed an integer from 0 to 2^32 - 1. Zero is a seed like any other.
 * @throws {RangeError} if `seed` is anything else.
 * @example
 * ```ts
 * const random = createRandom(7);
 * const shuffling = random.split("shuffling");
 * shuffling() === createRandom(7).split("shuffling")(); // true
 * ```
 */
export function createRandom(seed: number): Random {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new RangeError(
      `createRandom: seed must be an integer from 0 to 4294967295; got ${seed}.`,
    );
  }
  // four hashed words: seeds that differ in one bit share nothing from the first draw on
  const position = ["a", "b", "c", "d"].map((word) => keyOf(seed, word) | 0);
  return drawing(seed, xoroshiro128plusFromState(position));
}

/**
 * The generator that goes on where the one that gave `state` stood.
 *
 * @throws {TypeError} if `state` is not what {@link Random.state} returns.
 */
export function restoreRandom(state: RandomState): Random {
  const { key, position } = state ?? {};
  const isState =
    Number.isInteger(key) &&
    Array.isArray(position) &&
    position.length === 4 &&
    position.every(Number.isInteger) &&
    position.some((word) => word !== 0); // from zeros nothing but zeros would be drawn
  if (!isState) {
    throw new TypeError(
      `restoreRandom: state must hold an integer key and a position of four integers, not all 0; got ${JSON.stringify(state)}.`,
    );
  }
  return drawing(key, xoroshiro128plusFromState(position));
}

function drawing(key: number, generator: RandomGenerator): Random {
  const draw = () => {
    const high = generator.next() >>> 5; // 27 bits
    const low = generator.next() >>> 6; // 26 bits
    return (high * 2 ** 26 + low) / 2 ** 53;
  };
  return Object.assign(draw, {
    split: (label: string) => createRandom(keyOf(key, label)),
    state: () => ({ key, position: [...generator.getState()] }),
  });
}
