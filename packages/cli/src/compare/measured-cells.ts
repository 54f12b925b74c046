import { meanAndError, type PairedDifference } from "@muir/report";
import { duration, shortCount, shortNumber } from "../terminal/format.js";
import type { RunMeans } from "./run-means.js";

/** What tables show of a row, whichever experiment it is of. */
export interface MeasuredRow extends RunMeans {
  /** One for each seed; NaN where the run did not end. */
  readonly values: readonly number[];
  readonly difference: PairedDifference | null;
  readonly best: boolean;
}

/** Under {@link measuredCells}. */
export const MEASURED_HEAD = ["seeds", "test", "± s.e."] as const;

/** Seeds, their mean and its standard error; the best mean has a `*`. */
export function measuredCells({ values, best }: MeasuredRow, digits: number): string[] {
  const { mean, standardError, count } = meanAndError(values);
  return [
    count === values.length ? String(count) : `${count} of ${values.length}`,
    `${fixed(mean, digits)}${best ? " *" : ""}`,
    fixed(standardError, digits),
  ];
}

/** Difference to the baseline, its interval, and the p of the paired t test; empty for the baseline. */
export function differenceCells({ difference }: MeasuredRow, digits: number): string[] {
  if (difference === null) return ["", "", ""];
  const signed = (value: number) => `${value > 0 ? "+" : ""}${fixed(value, digits)}`;
  const [low, high] = difference.interval;
  const isKnown = difference.count > 1;
  return [
    signed(difference.mean),
    isKnown ? `${signed(low)} to ${signed(high)}` : "",
    isKnown ? probability(difference.t.p) : "",
  ];
}

/** The p of the Wilcoxon test; empty for the baseline. */
export function wilcoxonCell({ difference }: MeasuredRow): string {
  const isKnown = difference !== null && difference.count > 1;
  return isKnown ? probability(difference.wilcoxon.p) : "";
}

/** Parameters trained and deployed, and time. */
export function costCells({ trainedParameters, parameters, wallSeconds }: MeasuredRow): string[] {
  return [
    Number.isFinite(trainedParameters) ? shortCount(trainedParameters) : "–",
    Number.isFinite(parameters) ? shortCount(parameters) : "–",
    Number.isFinite(wallSeconds) ? duration(wallSeconds) : "–",
  ];
}

/** All figures of a row with all their digits, for programs; NaN where there is none. */
export function measuredFigures(row: MeasuredRow): Record<string, number | boolean> {
  const { values, difference, best, trainedParameters, parameters, wallSeconds } = row;
  const { mean, standardError, count } = meanAndError(values);
  const [low = Number.NaN, high = Number.NaN] = difference?.interval ?? [];
  const none = { p: Number.NaN, log10P: Number.NaN };
  const { t = none, wilcoxon = none } = difference ?? {};
  return {
    ...{ seeds: values.length, finished: count, mean, standardError, best },
    difference: difference?.mean ?? Number.NaN,
    differenceStandardError: difference?.standardError ?? Number.NaN,
    ...{ differenceLow: low, differenceHigh: high },
    ...{ tTestP: t.p, tTestLog10P: t.log10P },
    ...{ wilcoxonP: wilcoxon.p, wilcoxonLog10P: wilcoxon.log10P },
    ...{ trainedParameters, deployedParameters: parameters, wallSeconds },
  };
}

/** A p-value in a few characters. */
const probability = (p: number) =>
  Number.isFinite(p) ? shortNumber(Number(p.toPrecision(2))) : "–";

/** What has no runs yet has no numbers. */
export const fixed = (value: number, digits: number) =>
  Number.isFinite(value) ? value.toFixed(digits) : "–";
