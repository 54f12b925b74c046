import type { ActiveBackend } from "@muir/backend";
import type { RunSummary } from "@muir/report";
import type { Evaluation } from "@muir/trainer";
import type { GroupingLog } from "./grouping-log.js";
import type { PreparedRun } from "./prepare-synthetic.js";

/** What was watched while a run went on. */
export interface Watched {
  readonly backend: ActiveBackend;
  readonly grouping: GroupingLog;
  readonly generations: number;
  /** The generations' mean steps, added up. */
  readonly milliseconds: number;
  readonly wallSeconds: number;
  readonly interrupted: boolean;
}

/** What a run came to, from the state it ended in. */
export async function summarize(
  { config, task, training }: PreparedRun,
  { backend, grouping, generations, milliseconds, wallSeconds, interrupted }: Watched,
): Promise<RunSummary> {
  const validation = (await training.evaluate("validation"))[task.name]!;
  // an interrupted run may be continued, so its test split stays unread
  const test = interrupted ? null : (await training.evaluate("test"))[task.name]!;
  grouping.add(generations, training.alignment()); // the best state, not always the last one
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
    activeModules: new Set(training.alignment()).size,
    groupingAccuracy: grouping.accuracy(),
    convergedAt: grouping.convergedAt(),
    parameters: training.parameters(),
    wallSeconds: Number(wallSeconds.toFixed(3)),
    stepMilliseconds: Number((milliseconds / generations).toFixed(4)),
  };
}

/** The mean over tasks of each task's metric. */
function meanMetric({ metric }: Evaluation): number {
  return metric.reduce((sum, value) => sum + value, 0) / metric.length;
}
