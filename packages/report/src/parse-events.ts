import {
  asFields,
  type Fields,
  flagField,
  lossesField,
  lossField,
  numberField,
  parseFields,
  textField,
  wholeField,
  wrong,
} from "./fields.js";
import type { GenerationRecord, TaskRecord } from "./run-record.js";

/**
 * Reads the lines of an `events.jsonl`, one a generation, counting from 1 without a gap.
 *
 * A last line without its newline that is no JSON is what a crash leaves behind; it is left out and
 * `cut` is true. Anything else that is wrong is an error.
 *
 * @throws {Error} naming the line, and the field where it is one.
 */
export function parseEvents(text: string): { generations: GenerationRecord[]; cut: boolean } {
  const lines = text.split("\n");
  const rest = lines.pop()!; // "" where the last line ends as it should
  const generations = lines.map((line, i) => parseLine(line, i + 1));
  if (rest === "") return { generations, cut: false };
  try {
    JSON.parse(rest);
  } catch {
    return { generations, cut: true };
  }
  return { generations: [...generations, parseLine(rest, lines.length + 1)], cut: false };
}

function parseLine(line: string, number: number): GenerationRecord {
  const fields = parseFields(line, `events.jsonl, line ${number}`);
  const generation = wholeField(fields, "generation");
  if (generation !== number) {
    throw wrong(fields.where, {
      name: "generation",
      must: `be ${number}, since each line is one generation`,
      value: generation,
    });
  }
  const tasks = asFields(fields.values["tasks"], `${fields.where}, "tasks"`);
  return {
    generation,
    phase: phaseField(fields),
    trainLoss: lossField(fields, "trainLoss"),
    validationLoss: lossField(fields, "validationLoss"),
    tasks: Object.fromEntries(
      Object.entries(tasks.values).map(([name, task]) => [
        name,
        parseTask(asFields(task, `${fields.where}, task ${JSON.stringify(name)}`)),
      ]),
    ),
    activeModules: wholeField(fields, "activeModules"),
    changedLocations: wholeField(fields, "changedLocations"),
    parameters: wholeField(fields, "parameters"),
    best: flagField(fields, "best"),
    stepMilliseconds: numberField(fields, "stepMilliseconds"),
  };
}

function parseTask(fields: Fields): TaskRecord {
  const task = {
    metric: textField(fields, "metric"),
    ...betterField(fields),
    trainLoss: lossesField(fields, "trainLoss"),
    validationLoss: lossesField(fields, "validationLoss"),
    validationMetric: lossesField(fields, "validationMetric"),
  };
  const { length } = task.validationLoss;
  for (const name of ["trainLoss", "validationMetric"] as const) {
    if (task[name].length !== length) {
      throw wrong(fields.where, {
        name,
        must: `have ${length} entries like "validationLoss"`,
        value: task[name],
      });
    }
  }
  return task;
}

/** Runs of earlier versions do not say it. */
function betterField(fields: Fields): Pick<TaskRecord, "better"> {
  if (fields.values["better"] === undefined) return {};
  const value = textField(fields, "better");
  if (value === "lower" || value === "higher") return { better: value };
  throw wrong(fields.where, { name: "better", must: "be lower or higher", value });
}

function phaseField(fields: Fields): GenerationRecord["phase"] {
  const value = textField(fields, "phase");
  if (value === "burn-in" || value === "search" || value === "final") return value;
  throw wrong(fields.where, { name: "phase", must: "be burn-in, search or final", value });
}
