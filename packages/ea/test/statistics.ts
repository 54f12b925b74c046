/** Pearson's statistic of counts against expected shares. */
export function chiSquare(counts: ArrayLike<number>, shares: readonly number[]): number {
  const total = shares.reduce((sum, _, i) => sum + counts[i]!, 0);
  return shares.reduce(
    (sum, share, i) => sum + (counts[i]! - total * share) ** 2 / (total * share),
    0,
  );
}

/** What chi-square exceeds once in a thousand times, by degrees of freedom. */
export const chiSquareLimit: Readonly<Record<number, number>> = { 3: 16.27, 4: 18.47, 5: 20.52 };

/** The mean of `count` draws, with its standard error. */
export function sample(draw: () => number, count: number): { mean: number; error: number } {
  const draws = Array.from({ length: count }, draw);
  const mean = draws.reduce((sum, x) => sum + x, 0) / count;
  const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (count - 1);
  return { mean, error: Math.sqrt(variance / count) };
}
