import type { RunSummary } from "@muir/report";
import { counted, duration, shortNumber } from "./format.js";

/** What a run that has ended says of itself, for people. */
export function summaryLines(summary: RunSummary, originalParameters: number): string[] {
  const { generations, steps, wallSeconds, stepMilliseconds } = summary;
  return [
    ...resultLines(summary),
    ...sharingLines(summary),
    `${counted(summary.parameters, "parameter")} to deploy, of ${originalParameters.toLocaleString("en")} in the original networks`,
    `${counted(generations, "generation")}, ${counted(steps, "step")} in ${duration(wallSeconds)} (${stepMilliseconds.toFixed(3)} ms a step)`,
  ];
}

function resultLines({ tasks, testRmse, validationRmse }: RunSummary): string[] {
  if (validationRmse !== null) {
    const test = testRmse === null ? "not measured (interrupted)" : rmse(testRmse);
    return [`test RMSE ${test}   validation RMSE ${rmse(validationRmse)}`];
  }
  const names = Object.keys(tasks);
  const width = Math.max(...names.map(({ length }) => length));
  return Object.entries(tasks).map(([name, { metric, test, validation }]) => {
    const tested = test === null ? "not measured (interrupted)" : shortNumber(test);
    return `${name.padEnd(width)}  test ${metric} ${tested}   validation ${shortNumber(validation)}`;
  });
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
