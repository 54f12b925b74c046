import { alignmentAfter, alignmentRows } from "./alignment-rows.js";
import { modelOf } from "./column-order.js";
import type { RunRecord } from "./run-record.js";

/** How one task stood after the last generation. */
export interface TaskRow {
  readonly name: string;
  readonly trainLoss: number;
  readonly validationLoss: number;
  /** The metric's name, and that higher is better where it is. */
  readonly metric: string;
  readonly validationMetric: number;
  /** Hypermodules its locations use, most used first; empty where that is not known. */
  readonly modules: readonly number[];
}

/**
 * One row for each task, and for each of a stack of tasks: `linear[3]`.
 *
 * Which locations are a task's is told by their names: `linear/weight[3] row 0 column 0` belongs to
 * model `linear`, and to its task 3 if it stacks tasks.
 */
export function taskRows(record: RunRecord): TaskRow[] {
  const last = record.generations.at(-1);
  if (last === undefined) return [];
  return Object.entries(last.tasks).flatMap(([model, task]) => {
    const size = task.validationLoss.length;
    return task.validationLoss.map((validationLoss, i) => ({
      name: size === 1 ? model : `${model}[${i}]`,
      trainLoss: task.trainLoss[i]!,
      validationLoss,
      metric: task.better === "higher" ? `${task.metric} (higher is better)` : task.metric,
      validationMetric: task.validationMetric[i]!,
      modules: modulesOf(record, { model, stacked: size > 1 ? i : undefined }),
    }));
  });
}

function modulesOf(
  record: RunRecord,
  { model, stacked }: { model: string; stacked: number | undefined },
): number[] {
  const names = record.config.locationNames ?? [];
  const rows = alignmentRows(record);
  if (rows === 0) return [];
  const alignment = alignmentAfter(record, rows - 1);
  const uses = new Map<number, number>();
  names.forEach((name, location) => {
    if (modelOf(name) !== model) return;
    if (stacked !== undefined && matrixOf(name) !== stacked) return;
    const module = alignment[location]!;
    uses.set(module, (uses.get(module) ?? 0) + 1);
  });
  return [...uses.keys()].sort((a, b) => uses.get(b)! - uses.get(a)!);
}

/** The place in its parameter's stack: 3 of `linear/weight[3] row 0 column 0`. */
function matrixOf(locationName: string): number | undefined {
  const found = /\[(\d+)\]/.exec(locationName.slice(modelOf(locationName).length));
  return found === null ? undefined : Number(found[1]);
}
