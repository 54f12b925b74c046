import { linearRegression } from "@muir/models";
import { meanSquaredError, rootMeanSquaredError, type Task } from "@muir/trainer";
import type { SyntheticConfig } from "../config/synthetic-config.js";
import { UsageError } from "../usage-error.js";
import { trainingOf } from "./create-training.js";
import { methodSettings } from "./method-settings.js";
import type { PreparedRun } from "./prepared-run.js";
import { syntheticData } from "./synthetic-data.js";

/**
 * Loads the data and builds the training, so that every wrong setting and file is found before
 * work starts and before anything is written.
 *
 * @throws {UsageError} if the settings and the data do not fit together.
 * @throws {DataError} if the data cannot be read.
 */
export async function prepareSynthetic(config: SyntheticConfig): Promise<PreparedRun> {
  const { splits, groups } = await syntheticData(config).catch(blameSizes);
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
  const { experiment, variant, method, seed } = config;
  return {
    names: { experiment, variant, method, seed },
    config,
    tasks: [task],
    settings,
    training: trainingOf([task], settings),
    groups,
    about: config.data.folder === null ? [] : [`data: ${config.data.folder}`],
  };
}

/** Sizes of generated data that no array can have were given by the user. */
function blameSizes(error: unknown): never {
  if (!(error instanceof RangeError)) throw error;
  throw new UsageError(
    `data: its sizes must be such that all samples fit into memory; got: ${error.message}. Lower tasksPerGroup, inputs, train, validation or test.`,
    { cause: error },
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
