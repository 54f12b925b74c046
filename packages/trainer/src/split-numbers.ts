import type { ModelState } from "@muir/models";
import * as tf from "@tensorflow/tfjs-core";
import type { TensorBatch } from "./feed.js";
import { isLossMetric } from "./metric.js";
import { freshStreams, replaceState, streamsOf } from "./model-states.js";
import type { SplitReader } from "./split-reader.js";
import type { Task } from "./task.js";
import type { Turns } from "./turns.js";

/** What a task goes over a split with. */
export interface SplitInputs {
  readonly weights: Readonly<Record<string, tf.Tensor>>;
  readonly modelState: ModelState;
  readonly reader: SplitReader;
  readonly turns: Turns;
}

/** What is known of a batch: its size, and for each stacked task the loss, then the metric's numbers. */
export interface BatchNumbers {
  readonly size: number;
  readonly rows: readonly (readonly number[])[];
}

/** Goes over a split once; the numbers are read at its end, so that the host waits once. */
export async function splitNumbers(task: Task, inputs: SplitInputs): Promise<BatchNumbers[]> {
  const { weights, modelState, reader, turns } = inputs;
  const sizes: number[] = [];
  const tensors: tf.Tensor[] = [];
  let streams: ModelState = {};
  try {
    for (const batch of reader.pass()) {
      if (!batch.continues) {
        streams = replaceState(streams, freshStreams(task.architecture, batch.size));
      }
      const state = { ...modelState, ...streams };
      const found = tf.tidy(() => batchNumbers(task, { weights, batch, state }));
      streams = replaceState(streams, found.streams);
      sizes.push(batch.size);
      tensors.push(found.numbers);
      if (turns.due()) await turns.give();
    }
    const stacked = tf.stack(tensors);
    const values = await stacked.data();
    stacked.dispose();
    const length = values.length / sizes.length;
    return sizes.map((size, i) => ({
      size,
      rows: chunks(values.slice(i * length, (i + 1) * length), task.architecture.tasks),
    }));
  } finally {
    tf.dispose([tensors, streams] as never);
  }
}

/** `[tasks, 1 + numbers]`: the mean loss, then what the metric measures; and the state of the stream. */
function batchNumbers(
  { architecture, loss, metric }: Task,
  {
    weights,
    batch,
    state,
  }: { weights: SplitInputs["weights"]; batch: TensorBatch; state: ModelState },
) {
  const { tasks } = architecture;
  const context = { training: false, random: noDraws, state };
  const applied = architecture.apply(weights, batch.inputs, context);
  const losses = tf.reshape(loss.of(applied.outputs, batch.targets, tasks), [-1, 1]);
  const numbers = isLossMetric(metric)
    ? losses
    : tf.concat([losses, metric.measure(applied.outputs, batch.targets, tasks)], 1);
  return { numbers, streams: { ...streamsOf(architecture, applied.state) } };
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
