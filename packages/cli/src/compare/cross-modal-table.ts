import { meanAndError } from "@muir/report";
import { duration, table } from "../terminal/format.js";
import { WAYS } from "./cross-modal-plan.js";
import type { CrossModalRow } from "./cross-modal-rows.js";

const HEAD = [
  "task",
  "trained",
  "metric",
  "seeds",
  "test",
  "± s.e.",
  "to alone",
  "95 %",
  "p",
  "time",
];

/** The comparison as rows of cells, the head first; the best of each task is marked with `*`. */
export function crossModalCells(rows: readonly CrossModalRow[]): string[][] {
  return [HEAD, ...rows.map(cellsOf)];
}

/** The same for people. */
export const crossModalTable = (rows: readonly CrossModalRow[]) => table(crossModalCells(rows));

function cellsOf(row: CrossModalRow): string[] {
  const { mean, standardError, count } = meanAndError(row.values);
  const { difference } = row;
  const { length } = row.values;
  const [low, high] = difference?.interval ?? [Number.NaN, Number.NaN];
  const digits = Math.abs(mean) < 10 ? 3 : 2;
  const signed = (value: number) => `${value > 0 ? "+" : ""}${fixed(value, digits)}`;
  return [
    row.task,
    trained(row),
    row.metric,
    count === length ? String(count) : `${count} of ${length}`,
    `${fixed(mean, digits)}${row.best ? " *" : ""}`,
    fixed(standardError, digits),
    difference === null ? "" : signed(difference.mean),
    difference === null || count < 2 ? "" : `${signed(low)} to ${signed(high)}`,
    difference === null || count < 2 ? "" : fixed(difference.t.p, 3),
    Number.isFinite(row.wallSeconds) ? duration(row.wallSeconds) : "–",
  ];
}

/** How a task was trained, in words. */
export function trained({ way, others }: CrossModalRow): string {
  const { says, teams } = WAYS[way];
  const named = way === "pairs" || way === "together" ? `${says}, with ${others.join(", ")}` : says;
  return teams === "each" ? says : named;
}

/** What has no runs yet has no numbers. */
const fixed = (value: number, digits: number) =>
  Number.isFinite(value) ? value.toFixed(digits) : "–";
