import * as tf from "@tensorflow/tfjs-core";
import { DivergenceError } from "./divergence-error.js";
import type { Task } from "./task.js";

/** Collects on the device what a generation's steps measured, and reads it seldom. */
export interface StepLog {
  /** Takes over what one step measured. */
  add(measured: StepMeasured): void;
  /**
   * Reads the steps added since the last reading.
   *
   * @throws {DivergenceError} naming the first step at which a loss or a gradient stopped being finite,
   *   and the task and layer.
   */
  read(generation: number): Promise<void>;
  /** The losses of the steps read, `[steps, stacked tasks]` row-major, by task name; a copy. */
  losses(): Record<string, Float32Array>;
  /** The mean loss over the steps read of each stacked task, by task name. */
  means(): Record<string, number[]>;
  dispose(): void;
}

/** What one step measured. */
export interface StepMeasured {
  /** One tensor a task, `[stacked tasks]`. */
  readonly losses: readonly tf.Tensor1D[];
  /** The sum of each weight's gradient, of the tasks and parameters in order. */
  readonly gradientSums: tf.Tensor1D;
}

/** Where a log goes on. */
export interface StepLogOptions {
  /** Number of the first step it is to hold. */
  readonly firstStep: number;
  /** Losses of steps that were read before. */
  readonly losses?: Readonly<Record<string, Float32Array>>;
}

/** A log without steps, or with those of a checkpoint. */
export function createStepLog(tasks: readonly Task[], options: StepLogOptions): StepLog {
  const widthOf = ({ architecture }: Task) => architecture.tasks;
  const known = Object.fromEntries(
    tasks.map(({ name }) => [name, Array.from(options.losses?.[name] ?? [])]),
  );
  const layers = tasks.flatMap((task) =>
    Object.keys(task.architecture.parameters).map((layer) => ({ task: task.name, layer })),
  );
  let steps: StepMeasured[] = [];
  const dispose = () => {
    for (const { losses, gradientSums } of steps) tf.dispose([[...losses], gradientSums] as never);
    steps = [];
  };

  /** All that was measured in one row a step: the tasks' losses, then the gradients' sums. */
  async function rows(): Promise<Float32Array[]> {
    const all = tf.tidy(() =>
      tf.concat(steps.flatMap(({ losses, gradientSums }) => [...losses, gradientSums])),
    );
    const width = all.size / steps.length;
    const values = (await all.data()) as Float32Array;
    all.dispose();
    return steps.map((_, i) => values.slice(i * width, (i + 1) * width));
  }

  return {
    add: (measured) => void steps.push(measured),
    async read(generation) {
      if (steps.length === 0) return;
      const read = await rows();
      dispose();
      for (const row of read) {
        const step = options.firstStep + known[tasks[0]!.name]!.length / widthOf(tasks[0]!);
        let at = 0;
        for (const task of tasks) {
          const losses = row.subarray(at, at + widthOf(task));
          checkLosses(task, losses, { generation, step });
          at += losses.length;
        }
        checkGradients(layers, row.subarray(at), { generation, step });
        at = 0;
        for (const task of tasks) {
          known[task.name]!.push(...row.subarray(at, at + widthOf(task)));
          at += widthOf(task);
        }
      }
    },
    losses: () =>
      Object.fromEntries(tasks.map(({ name }) => [name, Float32Array.from(known[name]!)])),
    means: () =>
      Object.fromEntries(
        tasks.map((task) => [task.name, columnMeans(known[task.name]!, widthOf(task))]),
      ),
    dispose,
  };
}

interface Position {
  readonly generation: number;
  readonly step: number;
}

function checkLosses({ name, architecture }: Task, losses: Float32Array, position: Position) {
  const at = losses.findIndex((loss) => !Number.isFinite(loss));
  if (at < 0) return;
  const task = architecture.tasks === 1 ? name : `${name}[${at}]`;
  throw new DivergenceError({ task, quantity: "train loss", value: losses[at]!, ...position });
}

/** Gradients flow from a network's end to its beginning: the last layer named is where it began. */
function checkGradients(
  layers: readonly { readonly task: string; readonly layer: string }[],
  sums: Float32Array,
  position: Position,
): void {
  const at = sums.findIndex((sum) => !Number.isFinite(sum));
  if (at < 0) return;
  const { task } = layers[at]!;
  const last = layers.findLastIndex(
    (layer, i) => layer.task === task && !Number.isFinite(sums[i]!),
  );
  throw new DivergenceError({
    ...layers[last]!,
    quantity: "gradient",
    value: sums[last]!,
    ...position,
  });
}

function columnMeans(values: readonly number[], width: number): number[] {
  const rows = values.length / width;
  const sums = new Float64Array(width);
  values.forEach((value, i) => {
    sums[i % width] = sums[i % width]! + value;
  });
  return Array.from(sums, (sum) => sum / rows);
}
