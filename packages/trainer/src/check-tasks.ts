import { checkData } from "./check-data.js";
import { checkStart } from "./check-start.js";
import { isLossMetric } from "./metric.js";
import type { Task } from "./task.js";

/**
 * Checks that tasks can be trained together. Reads one example of each train and validation split, and
 * none of the test splits.
 *
 * @throws {RangeError} naming the task and what does not fit: both shapes where shapes do not.
 * @throws {TypeError} naming the task whose data are of the wrong type.
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
    checkNumbers(task);
    checkMetric(task);
    checkStart(task);
    checkData(task);
  }
}

function checkNumbers({ name, batchSize, weight = 1, splits }: Task): void {
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new RangeError(
      `train: batchSize of task "${name}" must be a positive integer; got ${batchSize}.`,
    );
  }
  if (!(weight > 0 && Number.isFinite(weight))) {
    throw new RangeError(
      `train: weight of task "${name}" must be a positive number; got ${weight}.`,
    );
  }
  const { streams = batchSize } = splits.train;
  if (batchSize !== streams) {
    throw new RangeError(
      `train: batchSize of task "${name}" must be ${streams}, the streams that its train split is read in; got ${batchSize}.`,
    );
  }
}

function checkMetric({ name, metric, loss }: Task): void {
  if (!isLossMetric(metric) || metric.loss.name === loss.name) return;
  throw new RangeError(
    `train: metric "${metric.name}" of task "${name}" follows from the loss "${metric.loss.name}"; got the loss "${loss.name}".`,
  );
}
