import {
  type Fields,
  lossField,
  numberField,
  parseFields,
  textField,
  wholeField,
} from "./fields.js";
import type { RunSummary } from "./run-record.js";

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
    validationRmse: lossField(fields, "validationRmse"),
    activeModules: wholeField(fields, "activeModules"),
    groupingAccuracy: orNull(fields, "groupingAccuracy"),
    convergedAt: fields.values["convergedAt"] === null ? null : wholeField(fields, "convergedAt"),
    parameters: wholeField(fields, "parameters"),
    wallSeconds: numberField(fields, "wallSeconds"),
    stepMilliseconds: numberField(fields, "stepMilliseconds"),
  };
}

function orNull(fields: Fields, name: string): number | null {
  return fields.values[name] === null ? null : numberField(fields, name);
}
