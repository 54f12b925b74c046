import type { Splits } from "@muir/data";
import { settled } from "@muir/hypermodule";
import type { ModelState } from "@muir/models";
import * as tf from "@tensorflow/tfjs-core";
import type { TensorBatch } from "./feed.js";
import type { Network } from "./network.js";
import type { SplitReader } from "./split-reader.js";
import type { Task } from "./task.js";
import type { TrainingState } from "./training-state.js";
import { blocksOf, weightsOf } from "./weights.js";

/** How one task does on one split; one number for each task that its architecture stacks. */
export interface Evaluation {
  readonly loss: readonly number[];
  readonly metric: readonly number[];
}

/**
 * Evaluates every task as it would be deployed: blocks generated now, each by the module that the
 * alignment names, no challengers.
 *
 * @param readers of the split, one for each task, in the tasks' order.
 */
export async function evaluate(
  network: Network,
  state: TrainingState,
  { split, readers }: { split: keyof Splits; readers: readonly SplitReader[] },
): Promise<Record<string, Evaluation>> {
  const sums = tf.tidy(() => {
    const blocks = blocksOf(state, settled(state.alignment));
    return network.tasks.map((task, i) => {
      const weights = weightsOf(network, { task, state, blocks });
      const modelState = state.modelStates[task.name]!;
      return taskSums(task, { weights, modelState, reader: readers[i]! });
    });
  });
  const found: Record<string, Evaluation> = {};
  for (const [i, task] of network.tasks.entries()) {
    const rows = chunks(await sums[i]!.data(), task.architecture.tasks);
    const size = task.splits[split].size;
    found[task.name] = {
      loss: rows.map((row) => row[0]! / size),
      metric: rows.map((row) => task.metric.value(row.slice(1))),
    };
  }
  tf.dispose(sums);
  return found;
}

interface SplitInputs {
  readonly weights: Weights;
  readonly modelState: ModelState;
  readonly reader: SplitReader;
}

/** The loss summed over examples, then the metric's sums: `[tasks, 1 + sums]`. */
function taskSums(task: Task, { weights, modelState, reader }: SplitInputs): tf.Tensor {
  let state = { ...modelState, ...freshStreams(task) };
  let total: tf.Tensor | null = null;
  for (const batch of reader.pass()) {
    const found = tf.tidy(() => batchSums(task, { weights, batch, state }));
    total = total === null ? found.sums : tf.add(total, found.sums);
    state = found.state;
  }
  return total!;
}

function batchSums(
  { architecture, loss, metric }: Task,
  { weights, batch, state }: { weights: Weights; batch: TensorBatch; state: Mutable<ModelState> },
) {
  const context = { training: false, random: noDraws, state };
  const applied = architecture.apply(weights, batch.inputs, context);
  const losses = loss.of(applied.outputs, batch.targets, architecture.tasks);
  const summed = tf.reshape(tf.mul(losses, batch.size), [-1, 1]);
  const sums = metric.sums(applied.outputs, batch.targets, architecture.tasks);
  return { sums: tf.concat([summed, sums], 1), state: { ...applied.state } };
}

/** State that belongs to a stream of batches starts anew for every pass over a split. */
function freshStreams({ architecture, batchSize }: Task): Record<string, tf.Tensor> {
  const initial = architecture.initialState?.(batchSize) ?? {};
  return Object.fromEntries((architecture.streamed ?? []).map((name) => [name, initial[name]!]));
}

function noDraws(): number {
  throw new Error("evaluate: an architecture must draw nothing when it is not training.");
}

function chunks(values: ArrayLike<number>, rows: number): number[][] {
  const length = values.length / rows;
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length }, (_, i) => values[row * length + i]!),
  );
}

type Weights = Record<string, tf.Tensor>;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };
