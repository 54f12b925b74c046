import type { PairedDifference } from "./statistics/paired-difference.js";

/** One task trained in one way, over all seeds. */
export interface TaskComparisonRow {
  readonly task: string;
  /** How it was trained, in words: `alone`, `muir, with lstm`. */
  readonly trained: string;
  /** What is measured: `error %`, `perplexity`. */
  readonly metric: string;
  readonly better: "lower" | "higher";
  /** On the test split, one for each seed; NaN where the run did not end. */
  readonly values: readonly number[];
  /** Against the same task alone, seed by seed; null for that one, and where it was not run. */
  readonly difference: PairedDifference | null;
  /** Whether no other way has a better mean. */
  readonly best: boolean;
  /** Numbers that the run trained, of all its tasks; mean over seeds, NaN where unknown. */
  readonly trainedParameters: number;
  /** Trainable numbers of all tasks of the run as deployed; mean over seeds. */
  readonly parameters: number;
  /** Of the whole run, mean over seeds. */
  readonly wallSeconds: number;
}
