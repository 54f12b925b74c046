import type { Evaluation } from "./evaluate.js";
import type { TaskProgress } from "./generation-event.js";
import type { Task } from "./task.js";

/** The weighted sum of all tasks' losses. */
export function totalLoss(
  tasks: readonly Task[],
  losses: Readonly<Record<string, readonly number[]>>,
): number {
  return tasks.reduce((total, { name, weight = 1 }) => {
    return total + weight * losses[name]!.reduce((sum, loss) => sum + loss, 0);
  }, 0);
}

/** Brings together what a generation measured of each task. */
export function taskProgress(
  tasks: readonly Task[],
  trainLosses: Readonly<Record<string, readonly number[]>>,
  evaluations: Readonly<Record<string, Evaluation>>,
): Record<string, TaskProgress> {
  return Object.fromEntries(
    tasks.map(({ name, metric }) => [
      name,
      {
        metric: metric.name,
        better: metric.better,
        trainLoss: trainLosses[name]!,
        validationLoss: evaluations[name]!.loss,
        validationMetric: evaluations[name]!.metric,
      },
    ]),
  );
}
