import type { Batch } from "@muir/data";
import type { Task } from "@muir/trainer";

/** What one task was trained on, step by step. */
export interface Recording {
  /** The batches in order. */
  readonly batches: Batch[];
  /** What was drawn in each step, for dropout. */
  readonly draws: number[][];
}

/** What a step, counted from 0, was trained on; a batch that is the whole split is fetched once. */
export const batchAt = ({ batches }: Recording, step: number): Batch =>
  batches[Math.min(step, batches.length - 1)]!;

/** The draws of a step again, from 0. */
export function drawsAt({ draws }: Recording, step: number): () => number {
  let next = 0;
  return () => draws[step]![next++]!;
}

/** The task, with the batches that it trains on and the draws that it makes written down. */
export function recordedTask(task: Task): { task: Task; recording: Recording } {
  const recording: Recording = { batches: [], draws: [] };
  const { train } = task.splits;
  const { architecture } = task;
  return {
    recording,
    task: {
      ...task,
      splits: {
        ...task.splits,
        train: {
          ...train,
          batch(indices, epoch) {
            const batch = train.batch(indices, epoch);
            if (indices.length > 1) recording.batches.push(batch); // one alone is looked at beforehand
            return batch;
          },
        },
      },
      architecture: {
        ...architecture,
        apply(parameters, inputs, context) {
          if (!context.training) return architecture.apply(parameters, inputs, context);
          const drawn: number[] = [];
          recording.draws.push(drawn);
          const random = () => {
            drawn.push(context.random());
            return drawn.at(-1)!;
          };
          return architecture.apply(parameters, inputs, { ...context, random });
        },
      },
    },
  };
}
