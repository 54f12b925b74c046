import type { Random } from "@muir/random";
import {
  correlation,
  crossEntropy,
  errorPercent,
  type Metric,
  meanSquaredError,
  meanSquaredErrorMetric,
  perplexity,
  rootMeanSquaredError,
  type Task,
} from "@muir/trainer";
import { UsageError } from "../usage-error.js";
import { buildArchitecture } from "./build-architecture.js";
import type { TaskConfig } from "./cross-modal-config.js";
import { loadData } from "./data/load-data.js";
import type { LoadedData } from "./data/loaded-data.js";
import { loadLayersModel } from "./load-layers-model.js";

/** A task and what its data are. */
export interface BuiltTask {
  readonly task: Task;
  readonly about: string;
  /** Frees what only this task holds: a loaded model. */
  dispose(): void;
}

const METRICS: Readonly<Record<NonNullable<TaskConfig["metric"]>, Metric>> = {
  error: errorPercent,
  perplexity,
  mse: meanSquaredErrorMetric,
  rmse: rootMeanSquaredError,
  correlation,
};

/** What a task of each kind of data is measured by unless told otherwise, as in the paper. */
const USUAL = { images: "error", text: "perplexity", sequences: "mse" } as const;

/**
 * Loads a task's data and makes its network.
 *
 * @param random the run's; each task splits its own off, so that what one draws depends on no other.
 * @throws {DataError} if its data cannot be read.
 * @throws {UsageError} if network, data and metric do not fit together.
 */
export async function buildTask(
  name: string,
  config: TaskConfig,
  random: Random,
): Promise<BuiltTask> {
  const { data, batchSize, weight, metric } = config;
  const loaded = await loadData(data, { batchSize, random: random.split(`data of ${name}`) });
  const { splits, about } = loaded;
  const labels = data.kind !== "sequences";
  const measured = metric ?? USUAL[data.kind];
  if (labels !== (measured === "error" || measured === "perplexity")) {
    throw new UsageError(
      `tasks.${name}.metric: must be ${labels ? "error or perplexity" : "mse, rmse or correlation"} for ${data.kind}; got ${measured}.`,
    );
  }
  const network = await networkOf(name, config, loaded);
  const loss = labels ? crossEntropy : meanSquaredError;
  return {
    about,
    dispose: network.dispose,
    task: {
      ...{ name, splits, loss, metric: METRICS[measured], batchSize, weight },
      architecture: network.architecture,
      ...(network.start && { start: network.start }),
    },
  };
}

function networkOf(task: string, { architecture }: TaskConfig, data: LoadedData) {
  if (architecture.kind === "layers-model") return loadLayersModel(architecture, { task });
  const built = buildArchitecture(architecture, { task, data });
  return { architecture: built, start: undefined, dispose: () => {} };
}
