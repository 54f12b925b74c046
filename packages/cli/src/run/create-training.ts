import { createTraining, type Task, type Training, type TrainingSettings } from "@muir/trainer";
import { UsageError } from "../usage-error.js";

/** What the trainer finds out of range before it starts was given by the user; later it would be a mistake of ours. */
export function trainingOf(tasks: readonly Task[], settings: Partial<TrainingSettings>): Training {
  try {
    return createTraining(tasks, settings);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}
