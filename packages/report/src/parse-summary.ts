import {
  asFields,
  type Fields,
  lossField,
  numberField,
  parseFields,
  textField,
  wholeField,
  wrong,
} from "./fields.js";
import type { RunSummary, TaskSummary } from "./run-record.js";

/**
 * Checks a `summary.json`.
 *
 * @throws {Error} naming the field that is missing or of the wrong kind.
 */
export function parseSummary(text: string): RunSummary {
  const fields = parseFields(text, "summary.json");
  return {
    experiment: textField(fields, "experiment"),
    variant: textField(fields, "variant"),
    method: textField(fields, "method"),
    seed: wholeField(fields, "seed"),
    backend: textField(fields, "backend"),
    status: textField(fields, "status"),
    generations: wholeField(fields, "generations"),
    steps: wholeField(fields, "steps"),
    testRmse: orNull(fields, "testRmse"),
    validationRmse: orNull(fields, "validationRmse"),
    tasks: parseTasks(fields),
    activeModules: wholeField(fields, "activeModules"),
    groupingAccuracy: orNull(fields, "groupingAccuracy"),
    convergedAt: fields.values["convergedAt"] === null ? null : wholeField(fields, "convergedAt"),
    parameters: wholeField(fields, "parameters"),
    ...(fields.values["trainedParameters"] !== undefined && {
      trainedParameters: wholeField(fields, "trainedParameters"),
    }),
    wallSeconds: numberField(fields, "wallSeconds"),
    stepMilliseconds: numberField(fields, "stepMilliseconds"),
  };
}

function orNull(fields: Fields, name: string): number | null {
  return fields.values[name] === null ? null : numberField(fields, name);
}

/** Summaries of earlier versions have none. */
function parseTasks({ values, where }: Fields): Record<string, TaskSummary> {
  const tasks = asFields(values["tasks"] ?? {}, `${where}, "tasks"`);
  return Object.fromEntries(
    Object.entries(tasks.values).map(([name, task]) => [
      name,
      parseTask(asFields(task, `${where}, task ${JSON.stringify(name)}`)),
    ]),
  );
}

function parseTask(fields: Fields): TaskSummary {
  const better = textField(fields, "better");
  if (better !== "lower" && better !== "higher") {
    throw wrong(fields.where, { name: "better", must: "be lower or higher", value: better });
  }
  return {
    metric: textField(fields, "metric"),
    better,
    validation: lossField(fields, "validation"),
    test: orNull(fields, "test"),
  };
}
