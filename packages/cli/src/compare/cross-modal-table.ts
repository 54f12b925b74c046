import { meanAndError } from "@muir/report";
import { table } from "../terminal/format.js";
import type { CrossModalRow } from "./cross-modal-rows.js";
import {
  costCells,
  differenceCells,
  MEASURED_HEAD,
  measuredCells,
  measuredFigures,
  wilcoxonCell,
} from "./measured-cells.js";

/**
 * The comparison for people: under each task the ways it was trained in, the best with a `*`. Parameters are those
 * trained, then those deployed.
 */
export function crossModalTable(rows: readonly CrossModalRow[]): string {
  const head = ["task, metric", ...MEASURED_HEAD, "to alone", "95 %", "p", "parameters", "time"];
  const lines = rows.flatMap((row, i) => {
    const isFirst = rows[i - 1]?.task !== row.task;
    const [trained, deployed, time] = costCells(row);
    const own = rows.filter(({ task }) => task === row.task);
    const cells = [
      `  ${row.trained}`,
      ...measuredCells(row, digitsOf(row)),
      ...differenceCells(row, digitsOf(row)),
      ...[`${trained} → ${deployed}`, time!],
    ];
    return isFirst ? [[taskLine(own), ...head.slice(1).map(() => "")], cells] : [cells];
  });
  return table([head, ...lines]);
}

/** `lenet, error %` once a run has said what is measured. */
function taskLine(rows: readonly CrossModalRow[]): string {
  const { task, metric } = rows.find((row) => row.metric !== "–") ?? rows[0]!;
  return metric === "–" ? task : `${task}, ${metric}`;
}

/** The same as rows of cells, the head first, for formats that are as wide as they like. */
export function crossModalCells(rows: readonly CrossModalRow[]): string[][] {
  const head = ["task", "trained", "metric", ...MEASURED_HEAD, "to alone", "95 %", "p (t test)"];
  return [
    [...head, "p (Wilcoxon)", "parameters trained", "deployed", "time"],
    ...rows.map((row) => [
      ...[row.task, row.trained, row.metric],
      ...measuredCells(row, digitsOf(row)),
      ...differenceCells(row, digitsOf(row)),
      wilcoxonCell(row),
      ...costCells(row),
    ]),
  ];
}

/** All figures with all their digits, for programs. */
export function crossModalFigures(rows: readonly CrossModalRow[]): Record<string, unknown>[] {
  return rows.map((row) => ({
    ...{ task: row.task, way: row.way, trained: row.trained },
    ...{ metric: row.metric, better: row.better },
    ...measuredFigures(row),
  }));
}

const digitsOf = ({ values }: CrossModalRow) => (Math.abs(meanAndError(values).mean) < 10 ? 3 : 2);
