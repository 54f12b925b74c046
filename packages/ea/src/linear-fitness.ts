import type { Sampling } from "./proposal.js";

/** The setting of `runtimeOnLinearFitness`. */
export interface LinearFitnessOptions {
  /** The value of each location at the start, `[L]`. */
  readonly initial: Int32Array;
  /** The right value of each location, `[L]`. */
  readonly optimum: Int32Array;
  /** Values K. */
  readonly values: number;
  /** Parts D. Must divide L. */
  readonly parts: number;
  readonly sampling: Sampling;
  /** What each location adds to the fitness of its part while it is right, `[L]`, above 0. Default: 1 everywhere. */
  readonly weights?: Float64Array;
  /** Give up after so many iterations. Default: never. */
  readonly maximumIterations?: number;
}
