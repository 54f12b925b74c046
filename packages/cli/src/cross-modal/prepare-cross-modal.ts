import { createRandom } from "@muir/random";
import type { Task, Training } from "@muir/trainer";
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
  const { tasks, about, dispose } = await buildTasks(config);
  try {
    return {
      names: { experiment, variant: preset, method, seed },
      config,
      tasks,
      settings: methodSettings(config),
      training: checkedTraining(config, tasks),
      groups: null,
      about,
      dispose,
    };
  } catch (error) {
    dispose();
    throw error;
  }
}

/** The tasks of a configuration, with their data and networks. */
export interface BuiltTasks extends Required<Pick<PreparedRun, "tasks" | "about" | "dispose">> {}

/** Loads the data of a configuration's tasks and makes their networks; throws what {@link prepareCrossModal} does. */
export async function buildTasks({ seed, tasks }: CrossModalConfig): Promise<BuiltTasks> {
  const random = createRandom(seed).split("tasks");
  const built: BuiltTask[] = [];
  const dispose = () => {
    for (const each of built) each.dispose();
  };
  try {
    for (const [name, task] of Object.entries(tasks)) {
      built.push(await buildTask(name, task, random).catch((error) => blame(name, error)));
    }
  } catch (error) {
    dispose();
    throw error;
  }
  return {
    tasks: built.map(({ task }) => task),
    about: built.map(({ task, about }) => `${task.name}: ${about}`),
    dispose,
  };
}

/**
 * The training of tasks as a configuration has it, which the caller disposes.
 *
 * @throws {UsageError} if the settings do not fit the tasks, or these have nothing to share.
 */
export function checkedTraining(config: CrossModalConfig, tasks: readonly Task[]): Training {
  const { method } = config;
  const training = trainingOf(tasks, methodSettings(config));
  if (method === "stl" || training.plan.locations > 0) return training;
  training.dispose();
  throw new UsageError(
    `--method ${method}: the tasks must have weights that can be shared; ${tasks.map(({ name }) => name).join(", ")} has none. Use --method stl.`,
  );
}

/** Sizes that data and networks find out of range were given by the user. */
function blame(task: string, error: unknown): never {
  if (!(error instanceof RangeError)) throw error;
  throw new UsageError(`tasks.${task}: ${error.message}`, { cause: error });
}
