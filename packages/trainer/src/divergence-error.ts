const brand = Symbol.for("muir.trainer.DivergenceError");

/** A task's loss became NaN or infinite. Training stops; the best state so far is still good. */
export class DivergenceError extends Error {
  override readonly name = "DivergenceError";
  readonly [brand] = true;
  /** The task's name; `name[i]` for one of those that its architecture stacks. */
  readonly task: string;
  readonly generation: number;
  /** Step within all of training, from 1. */
  readonly step: number;

  constructor({ task, split, generation, step, loss }: DivergenceDetails) {
    super(
      `train: the ${split} loss of task "${task}" must stay finite; got ${loss} at step ${step} (generation ${generation}). Lower learningRate, or check the task's data.`,
    );
    this.task = task;
    this.generation = generation;
    this.step = step;
  }
}

/** Where training stopped being finite, and what came out. */
export interface DivergenceDetails {
  readonly task: string;
  readonly split: "train" | "validation";
  readonly generation: number;
  readonly step: number;
  readonly loss: number;
}

/** Whether `error` is a {@link DivergenceError}, also one from another copy of this package. */
export function isDivergenceError(error: unknown): error is DivergenceError {
  return typeof error === "object" && error !== null && brand in error;
}
