import type { RunSummary } from "@muir/report";

/** What runs that differ by their seed alone cost, in the mean. */
export interface RunMeans {
  readonly trainedParameters: number;
  readonly parameters: number;
  readonly wallSeconds: number;
}

/** NaN where there is no run, or one of them does not say. */
export function runMeans(summaries: readonly RunSummary[]): RunMeans {
  return {
    trainedParameters: mean(summaries.map((run) => run.trainedParameters ?? Number.NaN)),
    parameters: mean(summaries.map(({ parameters }) => parameters)),
    wallSeconds: mean(summaries.map(({ wallSeconds }) => wallSeconds)),
  };
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
