import type { Random } from "./proposal.js";

/**
 * Draws how many trials of the same `probability` fail before the next one succeeds.
 *
 * A million trials with ten successes so cost ten draws, and none where every trial succeeds. The
 * distribution is that of trying one by one; {@link Number.POSITIVE_INFINITY} means never.
 */
export function trialGaps(probability: number, random: Random): () => number {
  if (probability >= 1) return () => 0;
  if (probability <= 0) return () => Number.POSITIVE_INFINITY;
  const logFailure = Math.log1p(-probability);
  return () => Math.floor(Math.log1p(-random()) / logFailure);
}
