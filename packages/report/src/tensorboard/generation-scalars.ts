import type { GenerationRecord, TaskRecord } from "../run-record.js";
import type { Scalar } from "./scalar-event.js";

/**
 * The scalars of one generation: losses and metric of each task, their sums, and the search. The
 * part of a tag before its slash is what TensorBoard shows together.
 *
 * @example
 * ```ts
 * generationScalars(record)[0]; // ["validation_loss/lenet", 0.31]
 * ```
 */
export function generationScalars(record: GenerationRecord): Scalar[] {
  return [
    ...Object.entries(record.tasks).flatMap(([name, task]) => taskScalars(name, task)),
    ["loss/train", record.trainLoss],
    ["loss/validation", record.validationLoss],
    ["search/active_modules", record.activeModules],
    ["search/changed_locations", record.changedLocations],
    ["size/parameters", record.parameters],
    ["time/step_milliseconds", record.stepMilliseconds],
  ];
}

function taskScalars(model: string, task: TaskRecord): Scalar[] {
  return task.validationLoss.flatMap((loss, i): Scalar[] => {
    const name = task.validationLoss.length === 1 ? model : `${model}[${i}]`;
    return [
      [`validation_loss/${name}`, loss],
      [`validation_${task.metric}/${name}`, task.validationMetric[i]!],
      [`train_loss/${name}`, task.trainLoss[i]!],
    ];
  });
}
