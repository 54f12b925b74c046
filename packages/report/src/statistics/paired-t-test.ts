import { logStudentTails } from "./log-student-tails.js";
import { meanAndError } from "./mean-and-error.js";
import { type PValue, pValueOfLog } from "./p-value.js";

/** What {@link pairedTTest} found. */
export interface PairedTTest extends PValue {
  /** Mean difference in standard errors. */
  readonly t: number;
  readonly degreesOfFreedom: number;
}

/**
 * Student's t-test of paired samples: whether the mean of `differences` is zero, both sides.
 *
 * @param differences one for each pair, such as each seed's method minus its baseline; those that
 * are not finite are left out.
 * @returns NaN in all but the degrees of freedom under two differences; p = 1 where all are 0, and 0
 * where all are the same and not 0.
 * @example
 * ```ts
 * pairedTTest([1, 2, 3]); // { t: 3.46, degreesOfFreedom: 2, p: 0.0742, log10P: -1.13 }
 * ```
 */
export function pairedTTest(differences: readonly number[]): PairedTTest {
  const { count, mean, standardError } = meanAndError(differences);
  const degreesOfFreedom = Math.max(0, count - 1);
  if (count < 2) return { t: Number.NaN, degreesOfFreedom, p: Number.NaN, log10P: Number.NaN };
  const t = mean === 0 ? 0 : mean / standardError;
  return { t, degreesOfFreedom, ...pValueOfLog(logStudentTails(t, degreesOfFreedom)) };
}
