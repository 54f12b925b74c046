import { alignmentAfter, alignmentRows } from "./alignment-rows.js";
import { locationTasks } from "./analysis/location-tasks.js";
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
  const modules = modulesByTask(record);
  return Object.entries(last.tasks).flatMap(([model, task]) =>
    task.validationLoss.map((validationLoss, i) => {
      const name = task.validationLoss.length === 1 ? model : `${model}[${i}]`;
      return {
        name,
        trainLoss: task.trainLoss[i]!,
        validationLoss,
        metric: task.better === "higher" ? `${task.metric} (higher is better)` : task.metric,
        validationMetric: task.validationMetric[i]!,
        modules: modules.get(name) ?? [],
      };
    }),
  );
}

/** The hypermodules of each task's locations after the last generation, most used first. */
function modulesByTask(record: RunRecord): Map<string, number[]> {
  const tasks = locationTasks(record);
  const rows = alignmentRows(record);
  if (tasks === undefined || rows === 0) return new Map();
  const alignment = alignmentAfter(record, rows - 1);
  const uses = tasks.names.map(() => new Map<number, number>());
  tasks.of.forEach((task, location) => {
    const module = alignment[location]!;
    uses[task]!.set(module, (uses[task]!.get(module) ?? 0) + 1);
  });
  return new Map(
    tasks.names.map((name, task) => {
      const used = uses[task]!;
      return [name, [...used.keys()].sort((a, b) => used.get(b)! - used.get(a)!)];
    }),
  );
}
