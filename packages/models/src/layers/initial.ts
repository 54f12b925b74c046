import type { Initializer } from "../architecture.js";

/** He et al. (2015): variance 2 / fanIn keeps the size of activations through layers with relu. */
export const heNormal = (fanIn: number): Initializer => ({
  standardDeviation: Math.sqrt(2 / fanIn),
});

/** Variance 1 / fanIn keeps the size of activations through layers without relu. */
export const leCunNormal = (fanIn: number): Initializer => ({
  standardDeviation: Math.sqrt(1 / fanIn),
});

export const zero: Initializer = { constant: 0 };
export const one: Initializer = { constant: 1 };
