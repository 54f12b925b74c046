import type { Splits } from "@muir/data";
import type { Architecture } from "@muir/models";
import type { Loss } from "./loss.js";
import type { Metric } from "./metric.js";

/** A dataset, a loss and an architecture. */
export interface Task {
  /** Names the task in events and errors; each task's is its own. */
  readonly name: string;
  readonly architecture: Architecture;
  readonly splits: Splits;
  readonly loss: Loss;
  readonly metric: Metric;
  /** Examples a step (of each stacked task). A size of the whole split or more takes it whole. */
  readonly batchSize: number;
  /** What the task's loss counts in the sum of a joint step. Default 1. */
  readonly weight?: number;
}

/**
 * Checks that tasks can be trained together.
 *
 * @throws {RangeError} naming the task and the shapes that do not fit.
 */
export function checkTasks(tasks: readonly Task[]): void {
  if (tasks.length === 0)
    throw new RangeError("train: tasks must hold at least one task; got none.");
  const names = new Set<string>();
  for (const task of tasks) {
    if (names.has(task.name)) {
      throw new RangeError(`train: every task must have its own name; got "${task.name}" twice.`);
    }
    names.add(task.name);
    checkSplits(task);
    const { batchSize, weight = 1 } = task;
    if (!Number.isInteger(batchSize) || batchSize < 1) {
      throw new RangeError(
        `train: batchSize of task "${task.name}" must be a positive integer; got ${batchSize}.`,
      );
    }
    if (!(weight > 0 && Number.isFinite(weight))) {
      throw new RangeError(
        `train: weight of task "${task.name}" must be a positive number; got ${weight}.`,
      );
    }
  }
}

function checkSplits({ name, architecture, splits }: Task): void {
  for (const [split, data] of Object.entries(splits)) {
    const pairs = [
      ["tasks", architecture.tasks, data.tasks],
      ["inputs", `[${architecture.inputShape}]`, `[${data.inputShape}]`],
      ["targets", `[${architecture.outputShape}]`, `[${data.targetShape}]`],
    ] as const;
    for (const [what, expected, got] of pairs) {
      if (expected === got) continue;
      throw new RangeError(
        `train: ${what} of the ${split} split of task "${name}" must be ${expected}, as its architecture "${architecture.name}" declares; got ${got}.`,
      );
    }
    if (data.size < 1) {
      throw new RangeError(
        `train: the ${split} split of task "${name}" must hold an example; got 0.`,
      );
    }
  }
}
