import { alignColumns } from "./align-columns.js";
import type { DecompositionPlan, PrivateParameter, SharedParameter } from "./decomposition-plan.js";
import type { Shape } from "./matrix-view.js";

/**
 * The plan as a text table for people: every shared parameter with its locations, every private one
 * with the reason, and the totals.
 *
 * Read a line as: a tensor of this shape, seen as so many matrices of rows x columns, cut into so
 * many rows x columns of blocks each, which stand at these locations; so many of the entries that
 * are generated for it are discarded.
 *
 * @example
 * ```ts
 * console.log(formatPlan(plan));
 * // 16 x 16 blocks at 36 locations: mlp 36
 * //
 * // shared  parameter  shape     matrices      blocks in each  count  locations  entries  discarded
 * // mlp     hidden     [90, 90]  1 of 90 x 90  6 x 6              36  0..35        8,100      1,116
 * // total                                                         36               8,100      1,116
 * ```
 */
export function formatPlan(plan: DecompositionPlan): string {
  const tables = [headline(plan)];
  if (plan.shared.length > 0) tables.push(sharedTable(plan.shared));
  if (plan.private.length > 0) tables.push(privateTable(plan.private));
  return tables.join("\n\n");
}

function headline({ block: [m, n], locations, models }: DecompositionPlan): string {
  const each = models.map(({ name, count }) => `${name} ${grouped(count)}`).join(", ");
  return `${m} x ${n} blocks at ${grouped(locations)} locations: ${each}`;
}

function sharedTable(shared: readonly SharedParameter[]): string {
  const header = [
    "shared",
    "parameter",
    "shape",
    "matrices",
    "blocks in each",
    "count",
    "locations",
    "entries",
    "discarded",
  ];
  const rows = shared.map((s) => [
    s.model,
    s.parameter,
    list(s.shape),
    `${grouped(s.matrices)} of ${s.rows} x ${s.columns}`,
    `${s.grid[1]} x ${s.grid[2]}`,
    grouped(s.count),
    s.count === 1 ? `${s.first}` : `${s.first}..${s.first + s.count - 1}`,
    grouped(entries(s.shape)),
    grouped(s.discarded),
  ]);
  const total = [
    "total",
    "",
    "",
    "",
    "",
    grouped(sum(shared.map((s) => s.count))),
    "",
    grouped(sum(shared.map((s) => entries(s.shape)))),
    grouped(sum(shared.map((s) => s.discarded))),
  ];
  return alignColumns([header, ...rows, total], { right: new Set([5, 7, 8]) });
}

function privateTable(parameters: readonly PrivateParameter[]): string {
  const header = ["private", "parameter", "shape", "entries", "why"];
  const rows = parameters.map(({ model, parameter, shape, reason }) => [
    model,
    parameter,
    list(shape),
    grouped(entries(shape)),
    reason,
  ]);
  const total = ["total", "", "", grouped(sum(parameters.map(({ shape }) => entries(shape)))), ""];
  return alignColumns([header, ...rows, total], { right: new Set([3]) });
}

const list = (shape: Shape) => `[${shape.join(", ")}]`;

const grouped = (count: number) => count.toLocaleString("en-US");

const entries = (shape: Shape) => shape.reduce((product, size) => product * size, 1);

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
