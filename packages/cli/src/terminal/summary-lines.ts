import type { RunSummary } from "@muir/report";
import { duration } from "./format.js";

/** What a finished run says of itself, for people. */
export function summaryLines(summary: RunSummary, originalParameters: number): string[] {
  const { testRmse, validationRmse, generations, steps, wallSeconds, stepMilliseconds } = summary;
  return [
    [
      testRmse === null ? "test RMSE not measured (interrupted)" : `test RMSE ${number(testRmse)}`,
      `validation RMSE ${number(validationRmse)}`,
    ].join("   "),
    sharingLine(summary),
    `${summary.parameters.toLocaleString("en")} parameters to deploy, of ${originalParameters.toLocaleString("en")} in the original networks`,
    `${generations.toLocaleString("en")} generations, ${steps.toLocaleString("en")} steps in ${duration(wallSeconds)} (${stepMilliseconds.toFixed(3)} ms a step)`,
  ];
}

function sharingLine({ activeModules, groupingAccuracy, convergedAt }: RunSummary): string {
  if (activeModules === 0) return "nothing shared: every task alone";
  const modules = `${activeModules} hypermodule${activeModules === 1 ? "" : "s"} in use`;
  if (groupingAccuracy === null) return modules;
  const pairs = `${(100 * groupingAccuracy).toFixed(1)} % of task pairs grouped as the data is`;
  return `${modules}   ${pairs}${convergedAt === null ? "" : `, since generation ${convergedAt}`}`;
}

const number = (value: number) =>
  value !== 0 && value < 1e-3 ? value.toExponential(1) : value.toFixed(4);
