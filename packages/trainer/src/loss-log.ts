import * as tf from "@tensorflow/tfjs-core";
import { DivergenceError } from "./divergence-error.js";
import type { Task } from "./task.js";

/** Collects the losses of a generation's steps on the device and reads them once, at its end. */
export interface LossLog {
  /** Takes over one step's losses, one tensor a task. */
  add(losses: readonly tf.Tensor1D[]): void;
  /**
   * The mean loss of each stacked task, by task name. Empties the log.
   *
   * @throws {DivergenceError} naming the task and the step at which a loss stopped being finite.
   */
  means(position: { generation: number; firstStep: number }): Promise<Record<string, number[]>>;
  dispose(): void;
}

/** An empty log. */
export function createLossLog(tasks: readonly Task[]): LossLog {
  let steps: (readonly tf.Tensor1D[])[] = [];
  const dispose = () => {
    tf.dispose(steps as tf.Tensor1D[][]);
    steps = [];
  };
  return {
    add: (losses) => void steps.push(losses),
    async means({ generation, firstStep }) {
      const found: Record<string, Float32Array> = {};
      for (const [i, { name }] of tasks.entries()) {
        const stacked = tf.stack(steps.map((losses) => losses[i]!));
        found[name] = (await stacked.data()) as Float32Array;
        stacked.dispose();
      }
      const count = steps.length;
      dispose();
      for (let step = 0; step < count; step++) {
        for (const task of tasks) {
          const width = task.architecture.tasks;
          const row = found[task.name]!.subarray(step * width, (step + 1) * width);
          checkFinite(task, row, { generation, step: firstStep + step });
        }
      }
      return Object.fromEntries(
        tasks.map(({ name, architecture }) => [
          name,
          columnMeans(found[name]!, architecture.tasks),
        ]),
      );
    },
    dispose,
  };
}

function checkFinite(
  { name, architecture }: Task,
  losses: Float32Array,
  position: { generation: number; step: number },
): void {
  const at = losses.findIndex((loss) => !Number.isFinite(loss));
  if (at < 0) return;
  const task = architecture.tasks === 1 ? name : `${name}[${at}]`;
  throw new DivergenceError({ task, split: "train", loss: losses[at]!, ...position });
}

function columnMeans(values: Float32Array, width: number): number[] {
  const rows = values.length / width;
  const sums = new Float64Array(width);
  values.forEach((value, i) => {
    sums[i % width] = sums[i % width]! + value;
  });
  return Array.from(sums, (sum) => sum / rows);
}
