import { settled } from "@muir/hypermodule";
import * as tf from "@tensorflow/tfjs-core";
import { isLossMetric } from "./metric.js";
import type { Network } from "./network.js";
import { type BatchNumbers, splitNumbers } from "./split-numbers.js";
import type { SplitReader } from "./split-reader.js";
import type { Task } from "./task.js";
import type { TrainingState } from "./training-state.js";
import type { Turns } from "./turns.js";
import { blocksOf, weightsOf } from "./weights.js";

/** How one task does on one split; one number for each task that its architecture stacks. */
export interface Evaluation {
  readonly loss: readonly number[];
  readonly metric: readonly number[];
}

/** What is read, and when to rest. */
interface EvaluateOptions {
  /** Of the split, one for each task, in the tasks' order. */
  readonly readers: readonly SplitReader[];
  readonly turns: Turns;
}

/**
 * Evaluates every task as it would be deployed: blocks generated now, each by the module that the
 * alignment names, no challengers. One task's weights and one batch are there at a time.
 */
export async function evaluate(
  network: Network,
  state: TrainingState,
  { readers, turns }: EvaluateOptions,
): Promise<Record<string, Evaluation>> {
  const found: Record<string, Evaluation> = {};
  const blocks = blocksOf(state, settled(state.alignment));
  try {
    for (const [i, task] of network.tasks.entries()) {
      const weights = tf.tidy(() => weightsOf(network, { task, state, blocks }));
      const own = new Set(Object.values(state.privates));
      const modelState = state.modelStates[task.name]!;
      try {
        const numbers = await splitNumbers(task, {
          weights,
          modelState,
          reader: readers[i]!,
          turns,
        });
        found[task.name] = evaluationOf(task, numbers);
      } finally {
        tf.dispose(Object.values(weights).filter((weight) => !own.has(weight)));
      }
    }
  } finally {
    blocks?.dispose();
  }
  return found;
}

function evaluationOf(
  { architecture, metric }: Task,
  batches: readonly BatchNumbers[],
): Evaluation {
  const examples = batches.reduce((sum, { size }) => sum + size, 0);
  const tasks = Array.from({ length: architecture.tasks }, (_, task) => task);
  const loss = tasks.map(
    (task) => batches.reduce((sum, { size, rows }) => sum + size * rows[task]![0]!, 0) / examples,
  );
  const measured = (task: number) => batches.map(({ rows }) => rows[task]!.slice(1));
  return {
    loss,
    metric: tasks.map((task) =>
      isLossMetric(metric) ? metric.ofLoss(loss[task]!) : metric.value(measured(task)),
    ),
  };
}
