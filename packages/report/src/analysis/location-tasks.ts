import type { RunRecord } from "../run-record.js";
import { parseAddress } from "./parse-address.js";

/** Things that locations belong to, such as tasks. */
export interface Belonging {
  /** In the order of their first locations. */
  readonly names: readonly string[];
  /** Which of them each location belongs to, `[L]`. */
  readonly of: Int32Array;
}

/**
 * The task each location belongs to: its model, or, where a model stacks tasks, the matrix it stands
 * in (`linear[3]`). Undefined where the run does not name its locations.
 */
export function locationTasks(record: RunRecord): Belonging | undefined {
  const stacked = stackedModels(record);
  return belonging(record, ({ model, matrix }) =>
    stacked.has(model) ? `${model}[${matrix}]` : model,
  );
}

/**
 * The layer each location belongs to: its parameter (`lenet/fc1`), or, where a model stacks tasks,
 * one task's part of it (`linear/weight[3]`). Undefined where the run does not name its locations.
 */
export function locationLayers(record: RunRecord): Belonging | undefined {
  const stacked = stackedModels(record);
  return belonging(record, ({ model, parameter, matrix }) =>
    stacked.has(model) ? `${model}/${parameter}[${matrix}]` : `${model}/${parameter}`,
  );
}

/** Models whose losses are several numbers: they hold a stack of tasks. */
function stackedModels({ generations }: RunRecord): Set<string> {
  const tasks = Object.entries(generations[0]?.tasks ?? {});
  return new Set(tasks.filter(([, task]) => task.validationLoss.length > 1).map(([name]) => name));
}

function belonging(
  { config }: RunRecord,
  nameOf: (address: ReturnType<typeof parseAddress>) => string,
): Belonging | undefined {
  if (config.locationNames === undefined) return undefined;
  const places = new Map<string, number>();
  const of = Int32Array.from(config.locationNames, (locationName) => {
    const name = nameOf(parseAddress(locationName));
    const place = places.get(name) ?? places.size;
    places.set(name, place);
    return place;
  });
  return { names: [...places.keys()], of };
}
