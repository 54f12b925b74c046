import { type Draft, isMap } from "../config/draft.js";
import { PRESETS } from "./cross-modal-config.js";
import { presets, STANDARD_TASKS } from "./presets.js";

/**
 * A draft of a configuration that begins with a preset. Where a file names tasks, these are the run's tasks; one
 * that has the name of a preset's task begins with what the preset says of it, and so do its architecture and its
 * data, as long as they are of the same kind.
 *
 * @param given what the command names, which comes before the file's.
 */
export function withPreset(file: Draft, given: unknown): Draft {
  const name = given ?? file["preset"] ?? "tiny";
  const known = PRESETS.find((preset) => preset === name);
  if (known === undefined) return { ...file, preset: name }; // the schema says what is wrong with it
  const { tasks, training } = structuredClone(presets[known]);
  return {
    ...file,
    preset: known,
    tasks: isMap(file["tasks"]) ? tasksOf(file["tasks"], tasks) : (file["tasks"] ?? tasks),
    training: isMap(file["training"])
      ? { ...training, ...file["training"] }
      : (file["training"] ?? training),
  };
}

/** The tasks that a run has unless it is told which: all of a file's, or the paper's three. */
export function usualTasks(file: Draft): string[] {
  return isMap(file["tasks"]) ? Object.keys(file["tasks"]) : [...STANDARD_TASKS];
}

function tasksOf(given: Draft, standard: Draft): Draft {
  return Object.fromEntries(
    Object.entries(given).map(([name, task]) => {
      const base = standard[name];
      if (!isMap(task) || !isMap(base)) return [name, task];
      return [
        name,
        {
          ...base,
          ...task,
          ...mergedKind("architecture", base, task),
          ...mergedKind("data", base, task),
        },
      ];
    }),
  );
}

function mergedKind(key: string, base: Draft, task: Draft): Draft {
  const [standard, given] = [base[key], task[key]];
  if (!isMap(standard) || !isMap(given)) return {};
  const isSame = given["kind"] === undefined || given["kind"] === standard["kind"];
  return { [key]: isSame ? { ...standard, ...given } : given };
}
