const brand = Symbol.for("muir.trainer.DivergenceError");

/** A loss, gradient or weight became NaN or infinite. Training stops; the best state so far is still good. */
export class DivergenceError extends Error {
  override readonly name = "DivergenceError";
  readonly [brand] = true;
  /** The task's name; `name[i]` for one of those that its architecture stacks. */
  readonly task: string;
  /** The parameter or state of the task's network in which it was found; null for a loss. */
  readonly layer: string | null;
  readonly generation: number;
  /** Step within all of training, from 1; for what is looked at as a generation ends, its last. */
  readonly step: number;

  constructor(details: DivergenceDetails) {
    const { task, quantity, layer = null, generation, step, value } = details;
    const what = layer === null ? `the ${quantity}` : `the ${quantity} of "${layer}"`;
    super(
      `train: ${what} of task "${task}" must stay finite; got ${value} at step ${step} (generation ${generation}). Lower learningRate, or check the task's data.`,
    );
    this.task = task;
    this.layer = layer;
    this.generation = generation;
    this.step = step;
  }
}

/** Where training stopped being finite, and what came out. */
export interface DivergenceDetails {
  readonly task: string;
  /** What was not finite. `moments` are the optimizer's: infinite ones would stop a weight for ever. */
  readonly quantity:
    | "train loss"
    | "validation loss"
    | "gradient"
    | "weight"
    | "context"
    | "state"
    | "moments";
  readonly layer?: string;
  readonly generation: number;
  readonly step: number;
  readonly value: number;
}

/** Whether `error` is a {@link DivergenceError}, also one from another copy of this package. */
export function isDivergenceError(error: unknown): error is DivergenceError {
  return typeof error === "object" && error !== null && brand in error;
}
