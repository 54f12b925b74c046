/** What several seeds measured. */
export interface MeanAndError {
  /** Finite values. */
  readonly count: number;
  /** NaN where there is no finite value. */
  readonly mean: number;
  /** Standard error of the mean, with n - 1 in the variance; NaN under two values. */
  readonly standardError: number;
}

/**
 * Mean and standard error of the finite ones among `values`. What is not finite is left out of
 * both and of `count`, so that a diverged seed can be told rather than hidden.
 *
 * @example
 * ```ts
 * meanAndError([1, 2, 3]); // { count: 3, mean: 2, standardError: 0.577 }
 * ```
 */
export function meanAndError(values: readonly number[]): MeanAndError {
  const finite = values.filter(Number.isFinite);
  const count = finite.length;
  const mean = finite.reduce((sum, value) => sum + value / count, 0);
  const variance = finite.reduce((sum, value) => sum + (value - mean) ** 2 / (count - 1), 0);
  return {
    count,
    mean: count > 0 ? mean : Number.NaN,
    standardError: count > 1 ? Math.sqrt(variance / count) : Number.NaN,
  };
}
