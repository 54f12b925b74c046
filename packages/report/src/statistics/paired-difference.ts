import { type BootstrapOptions, bootstrapInterval } from "./bootstrap-interval.js";
import { type MeanAndError, meanAndError } from "./mean-and-error.js";
import { type PairedTTest, pairedTTest } from "./paired-t-test.js";
import { type WilcoxonSignedRank, wilcoxonSignedRank } from "./wilcoxon-signed-rank.js";

/** How far two methods lie apart over the same seeds. */
export interface PairedDifference extends MeanAndError {
  /** Bootstrap interval of the mean difference, 95% unless told otherwise. */
  readonly interval: readonly [low: number, high: number];
  readonly t: PairedTTest;
  readonly wilcoxon: WilcoxonSignedRank;
}

/**
 * A method against its baseline, seed by seed: the mean of `values[i] - baseline[i]` with its
 * standard error, a bootstrap interval and two paired tests.
 *
 * Pairing takes out what a seed does to both. A pair in which either is not finite is left out, and
 * `count` tells how many remain.
 *
 * @throws {RangeError} if the lists are not of one length.
 * @example
 * ```ts
 * const { mean, interval, t } = pairedDifference([1, 2, 4], [2, 4, 5], { random: createRandom(1) });
 * mean; // -1.33
 * ```
 */
export function pairedDifference(
  values: readonly number[],
  baseline: readonly number[],
  options: BootstrapOptions,
): PairedDifference {
  if (values.length !== baseline.length) {
    throw new RangeError(
      `pairedDifference: both must have one value for each seed; got ${values.length} and ${baseline.length}.`,
    );
  }
  const differences = values.map((value, i) => value - baseline[i]!).filter(Number.isFinite);
  return {
    ...meanAndError(differences),
    interval: bootstrapInterval(differences, options),
    t: pairedTTest(differences),
    wilcoxon: wilcoxonSignedRank(differences),
  };
}
