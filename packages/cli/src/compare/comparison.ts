import { type ComparisonRow, meanAndError, type RunSummary } from "@muir/report";
import {
  type Method,
  type SyntheticConfig,
  syntheticSchema,
  type Variant,
} from "../config/synthetic-config.js";
import { bestRow, differenceTo } from "./against-baseline.js";
import type { MeasuredRow } from "./measured-cells.js";
import { runMeans } from "./run-means.js";

/** One method, or muir as one setting varies, on one variant, over all seeds. */
export interface Compared extends ComparisonRow, Omit<MeasuredRow, "values"> {
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
 * Brings a method's runs together; runs that did not finish count as NaN. It is compared with nothing yet.
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
    ...{ difference: null, best: false },
    ...runMeans(summaries.filter((summary) => summary !== null)),
    summaries: summaries.filter((summary) => summary !== null),
  };
}

/** Each variant's methods against single-task learning, seed by seed, and the best of them marked. */
export function againstAlone(rows: readonly Compared[]): Compared[] {
  const measured = rows.map((row) => ({ row, values: row.seeds }));
  return measured.map((own) => {
    const ofVariant = measured.filter(({ row }) => row.variant === own.row.variant);
    const alone = ofVariant.find(({ row }) => row.method === "stl");
    return {
      ...own.row,
      difference: differenceTo(alone, own),
      best: bestRow(ofVariant) === own,
    };
  });
}

/** The comparison as plain data: each row with its mean, standard error and whole summaries. */
export function withStatistics(rows: readonly Compared[]): readonly object[] {
  return rows.map(({ summaries, ...row }) => {
    const { mean, standardError } = meanAndError(row.seeds);
    return { ...row, mean, standardError, runs: summaries };
  });
}
