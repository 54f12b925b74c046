import { linearRegression } from "@muir/models";
import {
  createTraining,
  meanSquaredError,
  rootMeanSquaredError,
  type Task,
  type Training,
  type TrainingSettings,
} from "@muir/trainer";
import type { SyntheticConfig } from "../config/synthetic-config.js";
import { UsageError } from "../usage-error.js";
import { methodSettings } from "./method-settings.js";
import { syntheticData } from "./synthetic-data.js";

/** The parts of a run that are made, and so checked, before anything is written. */
export interface PreparedRun {
  readonly config: SyntheticConfig;
  readonly task: Task;
  /** Whoever prepared it disposes it, or has it run. */
  readonly training: Training;
  /** The true group of each task, where known. */
  readonly groups: Int32Array | null;
}

/**
 * Loads the data and builds the training, so that every wrong setting and file is found before
 * work starts and before anything is written.
 *
 * @throws {UsageError} if the settings and the data do not fit together.
 * @throws {DataError} if the data cannot be read.
 */
export async function prepareSynthetic(config: SyntheticConfig): Promise<PreparedRun> {
  const { splits, groups } = await syntheticData(config);
  const { tasks } = splits.train;
  const inputs = splits.train.inputShape[0]!;
  checkSharing(config, tasks);
  const task: Task = {
    name: "regression",
    architecture: linearRegression({ tasks, inputs }),
    splits,
    loss: meanSquaredError,
    metric: rootMeanSquaredError,
    batchSize: config.training.batchSize,
  };
  const settings = methodSettings(config, { inputs, groups });
  return { config, task, training: trainingOf(task, settings), groups };
}

/** Trainable numbers of the task's network as it would be alone. */
export function originalParameters({ architecture }: Task): number {
  return Object.values(architecture.parameters).reduce(
    (total, { shape }) => total + shape.reduce((product, size) => product * size, 1),
    0,
  );
}

function checkSharing({ method, training }: SyntheticConfig, tasks: number): void {
  if (method !== "stl" && tasks < 2) {
    throw new UsageError(
      `--method ${method}: must have at least two tasks to share between; got ${tasks}. Use --method stl, or more tasks.`,
    );
  }
  if ((method === "muir" || method === "random") && (training.modules ?? tasks) < tasks) {
    throw new UsageError(
      `training.modules: must be at least ${tasks}, one a task to start from, or null; got ${training.modules}.`,
    );
  }
}

/** What the trainer finds out of range here was given by the user; later it would be a mistake of ours. */
function trainingOf(task: Task, settings: Partial<TrainingSettings>): Training {
  try {
    return createTraining([task], settings);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}
