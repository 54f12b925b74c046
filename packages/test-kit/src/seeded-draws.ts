/**
 * A source of uniform draws in [0, 1) that repeats itself for the same `seed` (32 random bits a
 * draw).
 *
 * For tests only: programs have better ones. A seed of 0 is a seed like any other, which is not so
 * for the random ops of TensorFlow.js.
 */
export function seededDraws(seed: number): () => number {
  let word = seed | 0;
  return () => {
    word = (word + 0x9e3779b9) | 0; // a step that visits every word before it repeats
    return (mix(word) >>> 0) / 2 ** 32;
  };
}

function mix(word: number): number {
  let h = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return h ^ (h >>> 15);
}
