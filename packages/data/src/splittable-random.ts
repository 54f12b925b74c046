/**
 * A source of uniform draws in [0, 1) that can be split: `createRandom` of `@muir/random`, or
 * anything of the same shape.
 */
export interface SplittableRandom {
  (): number;
  /**
   * An independent source for one purpose. It must depend on the seed and on `label` only, never on
   * how many numbers were drawn: that is what lets a cursor be saved as two integers.
   */
  split(label: string): SplittableRandom;
}
