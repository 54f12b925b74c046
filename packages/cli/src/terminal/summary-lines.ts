import type { RunSummary } from "@muir/report";
import { counted, duration, shortNumber } from "./format.js";

/** What a run that has ended says of itself, for people. */
export function summaryLines(summary: RunSummary, originalParameters: number): string[] {
  const { testRmse, validationRmse, generations, steps, wallSeconds, stepMilliseconds } = summary;
  return [
    [
      testRmse === null ? "test RMSE not measured (interrupted)" : `test RMSE ${rmse(testRmse)}`,
      `validation RMSE ${rmse(validationRmse)}`,
    ].join("   "),
    ...sharingLines(summary),
    `${counted(summary.parameters, "parameter")} to deploy, of ${originalParameters.toLocaleString("en")} in the original networks`,
    `${counted(generations, "generation")}, ${counted(steps, "step")} in ${duration(wallSeconds)} (${stepMilliseconds.toFixed(3)} ms a step)`,
  ];
}

function sharingLines({ activeModules, groupingAccuracy, convergedAt }: RunSummary): string[] {
  if (activeModules === 0) return ["nothing shared: every task alone"];
  const modules = `${counted(activeModules, "hypermodule")} in use`;
  if (groupingAccuracy === null) return [modules];
  const share = groupingAccuracy === 1 ? "all" : `${(100 * groupingAccuracy).toFixed(1)} % of`;
  const since = convergedAt === null ? "" : ` since generation ${convergedAt}`;
  return [modules, `${share} pairs of tasks rightly together or apart${since}`];
}

const rmse = (value: number) => (value >= 1e-3 ? value.toFixed(4) : shortNumber(value));
