import {
  type ChangeableSetting,
  completeSettings,
  createTraining,
  type Task,
  type Training,
  type TrainingCheckpoint,
  type TrainingSettings,
} from "@muir/trainer";
import { UsageError } from "../usage-error.js";
import type { PreparedRun } from "./prepared-run.js";

/** What the trainer finds out of range before it starts was given by the user; later it would be a mistake of ours. */
export function trainingOf(tasks: readonly Task[], settings: Partial<TrainingSettings>): Training {
  return given(() => createTraining(tasks, settings));
}

/** Where a run's training goes on. */
export interface TrainingFrom {
  readonly checkpoint: TrainingCheckpoint;
  /** How often it was set back; each time halves its learning rates. */
  readonly restores: number;
  /** Whether it is set back now, so that the checkpoint had higher rates. */
  readonly isRestored?: boolean;
}

/**
 * The training of a run, going on from a checkpoint.
 *
 * @throws {UsageError} if the checkpoint belongs to other settings or data, naming the keys that differ.
 */
export function trainingFrom(
  { tasks, settings }: Pick<PreparedRun, "tasks" | "settings">,
  { checkpoint, restores, isRestored = false }: TrainingFrom,
): Training {
  const mayDiffer = isRestored ? RATES : [];
  return given(() =>
    createTraining(tasks, slowed(settings, restores), { resume: checkpoint, mayDiffer }),
  );
}

const RATES: readonly ChangeableSetting[] = [
  "learningRate",
  "moduleLearningRate",
  "contextLearningRate",
  "softLearningRate",
];

function slowed(settings: Partial<TrainingSettings>, restores: number): Partial<TrainingSettings> {
  if (restores === 0) return settings;
  const complete = completeSettings(settings);
  const rates = RATES.map((name) => {
    const rate = complete[name];
    return [name, rate === null ? null : rate / 2 ** restores];
  });
  return { ...settings, ...Object.fromEntries(rates) };
}

function given<T>(create: () => T): T {
  try {
    return create();
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}
