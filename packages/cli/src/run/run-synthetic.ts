import type { ActiveBackend } from "@muir/backend";
import { formatAddress, locationAddress } from "@muir/decompose";
import { linearRegression } from "@muir/models";
import type { RunConfig, RunSummary } from "@muir/report";
import {
  createTraining,
  type Evaluation,
  type GenerationEvent,
  isDivergenceError,
  meanSquaredError,
  rootMeanSquaredError,
  type Task,
  type Training,
} from "@muir/trainer";
import type { SyntheticConfig } from "../config/synthetic-config.js";
import { createCheckpoints } from "./checkpoints.js";
import { createGroupingLog } from "./grouping-log.js";
import { methodSettings } from "./method-settings.js";
import { openRunFolder } from "./run-folder.js";
import { syntheticData } from "./synthetic-data.js";
import { versions } from "./versions.js";

/** What a run needs besides its configuration. */
export interface RunOptions {
  /** Folder to write to; it was checked. */
  readonly out: string;
  readonly backend: ActiveBackend;
  /** Stops the run after the present generation. */
  readonly signal?: AbortSignal;
  onEvent?(event: GenerationEvent): void;
}

/** The parts of a run that are made, and so checked, before anything is written. */
export interface PreparedRun {
  readonly config: SyntheticConfig;
  readonly task: Task;
  readonly training: Training;
  readonly groups: Int32Array | null;
}

/**
 * Loads the data and builds the training, so that every wrong setting and file is found before
 * work starts and before anything is written.
 */
export async function prepareSynthetic(config: SyntheticConfig): Promise<PreparedRun> {
  const { splits, groups } = await syntheticData(config);
  const inputs = splits.train.inputShape[0]!;
  const task: Task = {
    name: "regression",
    architecture: linearRegression({ tasks: splits.train.tasks, inputs }),
    splits,
    loss: meanSquaredError,
    metric: rootMeanSquaredError,
    batchSize: config.training.batchSize,
  };
  const training = createTraining([task], methodSettings(config, { inputs, groups }));
  return { config, task, training, groups };
}

/**
 * Trains, and writes everything a run's folder holds but the report. Disposes the training.
 *
 * @throws {DivergenceError} if a loss stops being finite; the folder holds what was reached.
 */
export async function runSynthetic(run: PreparedRun, options: RunOptions): Promise<RunSummary> {
  const { training, groups } = run;
  const { out, signal, backend } = options;
  const start = performance.now();
  const folder = openRunFolder(out, training.alignment());
  folder.write("config.json", `${JSON.stringify(configRecord(run, backend), null, 2)}\n`);
  const checkpoints = createCheckpoints(training, folder);
  const grouping = createGroupingLog(groups);
  const timing = { generations: 0, milliseconds: 0 };
  try {
    for await (const event of training.generations(signal)) {
      folder.append(event);
      grouping.add(event.generation, event.alignment);
      timing.generations = event.generation;
      timing.milliseconds += event.stepMilliseconds;
      await checkpoints.consider(event);
      options.onEvent?.(event);
    }
    await checkpoints.write();
    const summary = await summarize(run, { backend, timing, grouping, start, signal });
    folder.write("summary.json", `${JSON.stringify(summary, null, 2)}\n`);
    return summary;
  } catch (error) {
    if (isDivergenceError(error)) await checkpoints.writeBest();
    throw error;
  } finally {
    folder.close();
    training.dispose();
  }
}

interface Measured {
  readonly backend: ActiveBackend;
  readonly timing: { generations: number; milliseconds: number };
  readonly grouping: ReturnType<typeof createGroupingLog>;
  readonly start: number;
  readonly signal: AbortSignal | undefined;
}

async function summarize(
  { config, task, training }: PreparedRun,
  { backend, timing, grouping, start, signal }: Measured,
): Promise<RunSummary> {
  const interrupted = signal?.aborted === true;
  const validation = (await training.evaluate("validation"))[task.name]!;
  // an interrupted run may be continued, so its test split stays unread
  const test = interrupted ? null : (await training.evaluate("test"))[task.name]!;
  const { generations, milliseconds } = timing;
  const alignment = training.alignment();
  return {
    experiment: config.experiment,
    variant: config.variant,
    method: config.method,
    seed: config.seed,
    backend: backend.name,
    status: interrupted ? "interrupted" : "complete",
    generations,
    steps: generations * training.settings.stepsPerGeneration,
    testRmse: test && meanMetric(test),
    validationRmse: meanMetric(validation),
    activeModules: new Set(alignment).size,
    groupingAccuracy: grouping.accuracy(),
    convergedAt: grouping.convergedAt(),
    parameters: training.parameters(),
    wallSeconds: (performance.now() - start) / 1000,
    stepMilliseconds: milliseconds / Math.max(generations, 1),
  };
}

/** The mean over tasks of each task's metric. */
function meanMetric({ metric }: Evaluation): number {
  return metric.reduce((sum, value) => sum + value, 0) / metric.length;
}

function configRecord({ config, training, task, groups }: PreparedRun, backend: ActiveBackend) {
  const { plan } = training;
  const record: RunConfig & Record<string, unknown> = {
    ...config,
    backend: backend.name,
    device: backend.device,
    skippedBackends: backend.skipped,
    versions: versions(),
    locations: plan.locations,
    modules: training.modules,
    block: plan.block,
    locationNames: Array.from({ length: plan.locations }, (_, l) =>
      formatAddress(locationAddress(plan, l)),
    ),
    ...(groups && plan.locations > 0 && { groups: [...groups] }),
    originalParameters: originalParameters(task),
  };
  return record;
}

/** Trainable numbers of the task's network as it would be alone. */
export function originalParameters({ architecture }: Task): number {
  return Object.values(architecture.parameters).reduce(
    (total, { shape }) => total + shape.reduce((product, size) => product * size, 1),
    0,
  );
}
