import type { ActiveBackend } from "@muir/backend";
import type { RunSummary, TaskSummary } from "@muir/report";
import type { Evaluation, Task } from "@muir/trainer";
import type { GroupingLog } from "./grouping-log.js";
import type { PreparedRun } from "./prepared-run.js";

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
  { names, tasks, training }: PreparedRun,
  { backend, grouping, generations, milliseconds, wallSeconds, interrupted }: Watched,
): Promise<RunSummary> {
  const validation = await training.evaluate("validation");
  // an interrupted run may be continued, so its test split stays unread
  const test = interrupted ? null : await training.evaluate("test");
  grouping.add(generations, training.alignment()); // the best state, not always the last one
  const results = Object.fromEntries(
    tasks.map((task) => [task.name, taskSummary(task, { validation, test })]),
  );
  const [only] = Object.values(results);
  const rmse = tasks.length === 1 && only?.metric === "rmse" ? only : null;
  return {
    ...names,
    backend: backend.name,
    status: interrupted ? "interrupted" : "complete",
    generations,
    steps: generations * training.settings.stepsPerGeneration,
    testRmse: rmse?.test ?? null,
    validationRmse: rmse?.validation ?? null,
    tasks: results,
    activeModules: new Set(training.alignment()).size,
    groupingAccuracy: grouping.accuracy(),
    convergedAt: grouping.convergedAt(),
    parameters: training.parameters(),
    trainedParameters: training.trainedParameters(),
    wallSeconds: Number(wallSeconds.toFixed(3)),
    stepMilliseconds: Number((milliseconds / Math.max(1, generations)).toFixed(4)),
  };
}

interface Evaluations {
  readonly validation: Readonly<Record<string, Evaluation>>;
  readonly test: Readonly<Record<string, Evaluation>> | null;
}

function taskSummary({ name, metric }: Task, { validation, test }: Evaluations): TaskSummary {
  return {
    metric: metric.name,
    better: metric.better,
    validation: meanMetric(validation[name]!),
    test: test && meanMetric(test[name]!),
  };
}

/** The mean over the tasks that an architecture stacks. */
function meanMetric({ metric }: Evaluation): number {
  return metric.reduce((sum, value) => sum + value, 0) / metric.length;
}
