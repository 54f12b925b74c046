import { type DecompositionPlan, planDecomposition } from "@muir/decompose";
import { checkTasks } from "./check-tasks.js";
import type { TrainingSettings } from "./settings.js";
import type { Task } from "./task.js";
import { topologicalOrder } from "./topological-order.js";

/** What stays fixed while tasks are trained: the tasks, how their weights are cut, the settings. */
export interface Network {
  readonly tasks: readonly Task[];
  readonly plan: DecompositionPlan;
  readonly settings: TrainingSettings;
}

/**
 * Plans how the weights of all tasks are cut into blocks.
 *
 * With `sharing: "none"` the plan has no locations: every parameter stays private to its task.
 *
 * @throws {RangeError} if tasks do not fit together, a search is asked for over fewer than two locations, or there
 *   are too few hypermodules to share by order.
 */
export function createNetwork(tasks: readonly Task[], settings: TrainingSettings): Network {
  checkTasks(tasks);
  const shares = settings.sharing === "hypermodules";
  const models = tasks.map(({ name, architecture }) => ({
    name,
    parameters: Object.fromEntries(
      Object.entries(architecture.parameters).map(([parameter, { shape, kind }]) => [
        parameter,
        shares && kind ? { shape, kind } : { shape },
      ]),
    ),
  }));
  const plan = planDecomposition(models, { block: settings.block });
  if (shares && plan.locations === 0) {
    throw new RangeError(
      'train: with sharing "hypermodules", at least one parameter must have a kind; got none. Give parameters a kind, or set sharing to "none".',
    );
  }
  if (shares && settings.selection !== "none" && plan.locations < 2) {
    throw new RangeError(
      `train: a search needs at least two locations to share between; got ${plan.locations}. Use a smaller block or more tasks, or set selection to "none".`,
    );
  }
  const network = { tasks, plan, settings };
  if (shares && settings.initialAlignment === "hierarchical") {
    const most = longestTask(network);
    if (settings.modules !== null && settings.modules < most) {
      throw new RangeError(
        `train: modules must be at least ${most}, the locations of the longest task, with initialAlignment "hierarchical"; got ${settings.modules}. Leave modules null, or choose another start.`,
      );
    }
  }
  if (shares && sharesNothing(network)) {
    throw new RangeError(
      'train: with contextSize 0, initialAlignment "hierarchical" and selection "none", at least two tasks must have locations, to share blocks by their order; got one. Add a task, or set sharing to "none".',
    );
  }
  return network;
}

/** Whether tasks should share by order, exactly and without a search, and there is only one. */
function sharesNothing(network: Network): boolean {
  const { contextSize, initialAlignment, selection } = network.settings;
  const byOrder = contextSize === 0 && initialAlignment === "hierarchical" && selection === "none";
  return byOrder && longestTask(network) === network.plan.locations;
}

/** The most locations that a task has. */
const longestTask = (network: Network) =>
  topologicalOrder(network).reduce((most, place) => Math.max(most, place + 1), 0);

/**
 * Hypermodules K, unless the settings say how many: as many as locations, for a search may need them all; as
 * many as the longest task has locations where all tasks share by order and nothing is searched.
 */
export function moduleCount(network: Network): number {
  const { plan, settings } = network;
  if (settings.modules !== null) return settings.modules;
  const isSettled = settings.selection === "none" && settings.initialAlignment === "hierarchical";
  if (!isSettled) return plan.locations;
  return longestTask(network);
}

/** What hypermodules are drawn from, all of them at first and a few anew later. */
export function drawingOf(network: Network) {
  const { contextSize, adapterRank, block, moduleDeviation } = network.settings;
  const deviations = deviationsOf(network);
  const split = moduleDeviation !== null && { moduleDeviation };
  return { contextSize, adapterRank, block, deviations, ...split };
}

/** The name under which a private parameter is trained and saved. */
export const privateName = (task: string, parameter: string) => `${task}/${parameter}`;

/**
 * For each location the standard deviation that its layer was designed for, `[L]`.
 *
 * @throws {RangeError} naming a parameter that is to be generated but starts constant, or around another mean than 0.
 */
function deviationsOf({ plan, tasks }: Network): Float32Array {
  const deviations = new Float32Array(plan.locations);
  for (const { model, parameter, first, count } of plan.shared) {
    const task = tasks.find(({ name }) => name === model)!;
    const { initial } = task.architecture.parameters[parameter]!;
    if (!("standardDeviation" in initial) || initial.mean) {
      const got =
        "constant" in initial ? `the constant ${initial.constant}` : `a mean of ${initial.mean}`;
      throw new RangeError(
        `train: parameter "${parameter}" of task "${model}" must start normal around 0 to be generated; got ${got}. Leave out its kind to keep it private.`,
      );
    }
    deviations.fill(initial.standardDeviation, first, first + count);
  }
  return deviations;
}
