import type { ComparisonRow, RunSummary } from "@muir/report";
import type { Method, Variant } from "../config/synthetic-config.js";
import { table } from "../terminal/format.js";

/** One method on one variant, over all seeds. */
export interface Compared extends ComparisonRow {
  readonly summaries: readonly RunSummary[];
}

/** Test RMSE as the paper prints it (Table 2). */
const PAPER: Readonly<Record<Method, Readonly<Record<Variant, number>>>> = {
  stl: { clean: 1.35, noisy: 1.49 },
  random: { clean: 1.26, noisy: 4.67 },
  oracle: { clean: 0.77, noisy: 0.37 },
  muir: { clean: 0.0, noisy: 0.38 },
};

/** Brings a method's runs together; runs that did not finish count as NaN. */
export function compared(
  method: Method,
  variant: Variant,
  summaries: readonly (RunSummary | null)[],
): Compared {
  return {
    method,
    variant,
    seeds: summaries.map((summary) => summary?.testRmse ?? Number.NaN),
    paper: PAPER[method][variant],
    summaries: summaries.filter((summary) => summary !== null),
  };
}

/** The mean of the finite values and its standard error (NaN below two values). */
export function meanAndError(values: readonly number[]): { mean: number; error: number } {
  const finite = values.filter(Number.isFinite);
  const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length;
  const squares = finite.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (finite.length - 1) / finite.length) };
}

/** The comparison as a table for people, the paper's numbers beside ours. */
export function comparisonTable(rows: readonly Compared[]): string {
  return table([
    ["variant", "method", "seeds", "test RMSE", "± s.e.", "paper", "rightly grouped", "ms a step"],
    ...rows.map((row) => {
      const { mean, error } = meanAndError(row.seeds);
      return [
        row.variant,
        row.method,
        String(row.summaries.length),
        mean.toFixed(4),
        Number.isFinite(error) ? error.toFixed(4) : "",
        row.paper === null ? "" : row.paper.toFixed(2),
        groupedRightly(row),
        meanAndError(row.summaries.map((s) => s.stepMilliseconds)).mean.toFixed(3),
      ];
    }),
  ]);
}

function groupedRightly({ summaries }: Compared): string {
  const known = summaries.filter(({ groupingAccuracy }) => groupingAccuracy !== null);
  if (known.length === 0) return "–";
  const right = known.filter(({ groupingAccuracy }) => groupingAccuracy === 1);
  return `${right.length} of ${known.length}`;
}
