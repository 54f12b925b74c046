import { createRandom } from "@muir/random";
import { meanAndError, type PairedDifference, pairedDifference } from "@muir/report";

/** What was measured in one way, a number for each seed. */
interface Measured {
  readonly values: readonly number[];
}

/**
 * A row against its baseline, seed by seed; null for the baseline itself, and where there is none.
 * The bootstrap's draws are always the same, so that a table can be had again.
 */
export function differenceTo<R extends Measured>(
  baseline: R | undefined,
  row: R,
): PairedDifference | null {
  if (baseline === undefined || row === baseline) return null;
  const random = createRandom(1).split("bootstrap");
  return pairedDifference(row.values, baseline.values, { random });
}

/** The row with the best mean, of those in which every seed ended. */
export function bestRow<R extends Measured>(
  rows: readonly R[],
  better: "lower" | "higher" = "lower",
): R | undefined {
  const sign = better === "higher" ? -1 : 1;
  const meanOf = ({ values }: R) => sign * meanAndError(values).mean;
  const finished = rows.filter(({ values }) => values.every(Number.isFinite));
  return finished.sort((a, b) => meanOf(a) - meanOf(b))[0];
}
