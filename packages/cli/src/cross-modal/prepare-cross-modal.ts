import { createRandom } from "@muir/random";
import { trainingOf } from "../run/create-training.js";
import type { PreparedRun } from "../run/prepared-run.js";
import { UsageError } from "../usage-error.js";
import { type BuiltTask, buildTask } from "./build-task.js";
import type { CrossModalConfig } from "./cross-modal-config.js";
import { methodSettings } from "./cross-modal-settings.js";

/**
 * Loads all tasks' data and builds the training, so that every wrong setting, file and shape is found
 * before work starts and before anything is written.
 *
 * @throws {UsageError} if the settings, the networks and the data do not fit together.
 * @throws {DataError} if the data cannot be read.
 */
export async function prepareCrossModal(config: CrossModalConfig): Promise<PreparedRun> {
  const { experiment, preset, method, seed } = config;
  const random = createRandom(seed).split("tasks");
  const built: BuiltTask[] = [];
  const dispose = () => {
    for (const each of built) each.dispose();
  };
  try {
    for (const [name, task] of Object.entries(config.tasks)) {
      built.push(await buildTask(name, task, random).catch((error) => blame(name, error)));
    }
    const tasks = built.map(({ task }) => task);
    const settings = methodSettings(config);
    const training = trainingOf(tasks, settings);
    if (method !== "stl" && training.plan.locations === 0) {
      training.dispose();
      throw new UsageError(
        `--method ${method}: the tasks must have weights that can be shared; ${tasks.map(({ name }) => name).join(", ")} has none. Use --method stl.`,
      );
    }
    return {
      names: { experiment, variant: preset, method, seed },
      config,
      tasks,
      settings,
      training,
      groups: null,
      about: built.map(({ task, about }) => `${task.name}: ${about}`),
      dispose,
    };
  } catch (error) {
    dispose();
    throw error;
  }
}

/** Sizes that data and networks find out of range were given by the user. */
function blame(task: string, error: unknown): never {
  if (!(error instanceof RangeError)) throw error;
  throw new UsageError(`tasks.${task}: ${error.message}`, { cause: error });
}
