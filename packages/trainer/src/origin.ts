import type { Dataset } from "@muir/data";
import { isLossMetric } from "./metric.js";
import type { Network } from "./network.js";
import type { TrainingSettings } from "./settings.js";
import type { Task } from "./task.js";

/**
 * What a checkpoint is of: all settings, and what can be told of the tasks. Plain data, safe in JSON.
 * What an architecture hides in its function, such as a rate of dropout, cannot be told.
 */
export interface Origin {
  readonly settings: TrainingSettings;
  /** Names in the tasks' order: it says which location is which. */
  readonly order: readonly string[];
  readonly tasks: Readonly<Record<string, TaskOrigin>>;
}

/** What is told of one task. Not what it started from: a checkpoint holds what became of that. */
export interface TaskOrigin {
  readonly batchSize: number;
  readonly weight: number;
  readonly loss: string;
  readonly metric: string;
  readonly architecture: Readonly<Record<string, unknown>>;
  readonly train: SplitOrigin;
  readonly validation: SplitOrigin;
}

/** What is told of one split; `sample` is a hash of a few examples. */
export type SplitOrigin = Readonly<Record<string, unknown>> & { readonly sample: string };

/** Reads a few examples of train and validation splits, none of a test split. */
export function originOf({ tasks, settings, plan }: Network): Origin {
  const generated = new Map(
    plan.shared.map(({ model, parameter, first, count }) => [
      `${model}/${parameter}`,
      [first, count],
    ]),
  );
  return {
    settings,
    order: tasks.map(({ name }) => name),
    tasks: Object.fromEntries(
      tasks.map((task) => [task.name, taskOrigin(task, (parameter) => generated.get(parameter))]),
    ),
  };
}

/** The paths at which two plain values differ, such as `settings.lambda`, with both values in words. */
export function differences(now: unknown, then: unknown, path = ""): Record<string, string> {
  if (isRecord(now) && isRecord(then)) {
    const names = new Set([...Object.keys(then), ...Object.keys(now)]);
    const found = [...names].map((name) => {
      const inner = path === "" ? name : `${path}.${name}`;
      return differences(now[name], then[name], inner);
    });
    return Object.assign({}, ...found);
  }
  if (JSON.stringify(now) === JSON.stringify(then)) return {};
  return { [path]: `${shown(then)} then, ${shown(now)} now` };
}

function taskOrigin(
  { name, architecture, splits, loss, metric, batchSize, weight = 1 }: Task,
  locations: (parameter: string) => unknown,
): TaskOrigin {
  const { tasks, inputShape, outputShape, parameters, streamed = [] } = architecture;
  return {
    ...{ batchSize, weight, loss: loss.name },
    metric: isLossMetric(metric) ? `${metric.name} of ${metric.loss.name}` : metric.name,
    architecture: {
      ...{ name: architecture.name, tasks, inputShape, outputShape, streamed },
      parameters: Object.fromEntries(
        Object.entries(parameters).map(([parameter, { shape, initial }]) => [
          parameter,
          { shape, initial, locations: locations(`${name}/${parameter}`) ?? null },
        ]),
      ),
    },
    train: splitOrigin(splits.train),
    validation: splitOrigin(splits.validation),
  };
}

function splitOrigin(dataset: Dataset): SplitOrigin {
  const { name, size, tasks, inputShape, targetShape, streams = null, augmented = false } = dataset;
  return {
    ...{ name, size, tasks, inputShape, targetShape, streams, augmented },
    sample: sampleHash(dataset),
  };
}

const SAMPLED = 8;

/** FNV-1a over the bytes of examples spread over the split. */
function sampleHash(dataset: Dataset): string {
  const count = Math.min(SAMPLED, dataset.size);
  let hash = 0x811c9dc5;
  for (let i = 0; i < count; i++) {
    const { inputs, targets } = dataset.batch(
      Int32Array.of(Math.floor((i * dataset.size) / count)),
    );
    for (const { data } of [inputs, targets]) {
      for (const byte of new Uint8Array(data.buffer, data.byteOffset, data.byteLength)) {
        hash = Math.imul(hash ^ byte, 0x01000193);
      }
    }
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const MOST_SHOWN = 60;

function shown(value: unknown): string {
  const text = value === undefined ? "absent" : JSON.stringify(value);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
