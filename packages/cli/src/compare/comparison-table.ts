import { meanAndError } from "@muir/report";
import { table } from "../terminal/format.js";
import type { Compared } from "./comparison.js";
import {
  costCells,
  differenceCells,
  fixed,
  MEASURED_HEAD,
  measuredCells,
  measuredFigures,
  wilcoxonCell,
} from "./measured-cells.js";

const DIGITS = 4;
const HEAD = ["variant", "method", MEASURED_HEAD[0], "test RMSE", MEASURED_HEAD[2]] as const;

/** The comparison for people, the paper's numbers beside ours. */
export function comparisonTable(rows: readonly Compared[]): string {
  const head = [...HEAD, "to stl", "95 %", "p", "paper", "grouped"];
  return table([head, ...rows.map((row) => [...figuresOf(row), paper(row), groupedRightly(row)])]);
}

/** The same as rows of cells, the head first, for formats that are as wide as they like. */
export function comparisonCells(rows: readonly Compared[]): string[][] {
  const tests = ["to stl", "95 %", "p (t test)", "p (Wilcoxon)"];
  const costs = ["parameters trained", "deployed", "time", "ms a step"];
  return [
    [...HEAD, ...tests, "paper", "rightly grouped", ...costs],
    ...rows.map((row) => [
      ...figuresOf(row),
      wilcoxonCell(measured(row)),
      ...[paper(row), groupedRightly(row)],
      ...costCells(measured(row)),
      fixed(stepMilliseconds(row), 3),
    ]),
  ];
}

/** All figures with all their digits, for programs. */
export function comparisonFigures(rows: readonly Compared[]): Record<string, unknown>[] {
  return rows.map((row) => ({
    ...{ variant: row.variant, method: row.method },
    ...measuredFigures(measured(row)),
    paper: row.paper ?? Number.NaN,
    stepMilliseconds: stepMilliseconds(row),
  }));
}

function figuresOf(row: Compared): string[] {
  return [
    ...[row.variant, row.method],
    ...measuredCells(measured(row), DIGITS),
    ...differenceCells(measured(row), DIGITS),
  ];
}

const measured = (row: Compared) => ({ ...row, values: row.seeds });
const paper = (row: Compared) => (row.paper === null ? "–" : row.paper.toFixed(2));
const stepMilliseconds = ({ summaries }: Compared) =>
  meanAndError(summaries.map((summary) => summary.stepMilliseconds)).mean;

function groupedRightly({ summaries }: Compared): string {
  const known = summaries.filter(({ groupingAccuracy }) => groupingAccuracy !== null);
  if (known.length === 0) return "–";
  const right = known.filter(({ groupingAccuracy }) => groupingAccuracy === 1);
  return `${right.length} of ${known.length}`;
}
