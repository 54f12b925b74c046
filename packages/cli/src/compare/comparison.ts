import { type ComparisonRow, meanAndError, type RunSummary } from "@muir/report";
import {
  type Method,
  type SyntheticConfig,
  syntheticSchema,
  type Variant,
} from "../config/synthetic-config.js";
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

/**
 * Brings a method's runs together; runs that did not finish count as NaN.
 *
 * @param config of any of them. Only on the paper's benchmark is there a value of the paper.
 */
export function compared(
  { method, variant, data }: SyntheticConfig,
  summaries: readonly (RunSummary | null)[],
): Compared {
  const benchmark = JSON.stringify(data) === JSON.stringify(syntheticSchema.parse({}).data);
  return {
    method,
    variant,
    seeds: summaries.map((summary) => summary?.testRmse ?? Number.NaN),
    paper: benchmark ? PAPER[method][variant] : null,
    summaries: summaries.filter((summary) => summary !== null),
  };
}

/** The comparison as plain data: each row with its mean, standard error and whole summaries. */
export function withStatistics(rows: readonly Compared[]): readonly object[] {
  return rows.map(({ summaries, ...row }) => {
    const { mean, standardError } = meanAndError(row.seeds);
    return { ...row, mean, standardError, runs: summaries };
  });
}

/** The comparison as a table for people, the paper's numbers beside ours. */
export function comparisonTable(rows: readonly Compared[]): string {
  return table([
    ["variant", "method", "seeds", "test RMSE", "± s.e.", "paper", "rightly grouped", "ms a step"],
    ...rows.map((row) => {
      const { mean, standardError } = meanAndError(row.seeds);
      return [
        row.variant,
        row.method,
        finished(row),
        fixed(mean, 4),
        fixed(standardError, 4),
        row.paper === null ? "–" : row.paper.toFixed(2),
        groupedRightly(row),
        fixed(meanAndError(row.summaries.map((s) => s.stepMilliseconds)).mean, 3),
      ];
    }),
  ]);
}

/** What has no runs yet has no numbers. */
const fixed = (value: number, digits: number) =>
  Number.isFinite(value) ? value.toFixed(digits) : "–";

function finished({ seeds, summaries }: Compared): string {
  const { length } = summaries;
  return length === seeds.length ? String(length) : `${length} of ${seeds.length}`;
}

function groupedRightly({ summaries }: Compared): string {
  const known = summaries.filter(({ groupingAccuracy }) => groupingAccuracy !== null);
  if (known.length === 0) return "–";
  const right = known.filter(({ groupingAccuracy }) => groupingAccuracy === 1);
  return `${right.length} of ${known.length}`;
}
