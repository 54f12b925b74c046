/** Which part of training a generation belongs to. Baselines that search nothing are in `search` too. */
export type Phase = "burn-in" | "search" | "final";

/** What one generation did. All but `alignment` is one line of a run's `events.jsonl`. */
export interface GenerationEvent {
  /** 1 for the first. */
  readonly generation: number;
  readonly phase: Phase;
  /** Mean over the generation's steps of the weighted sum of the tasks' losses. */
  readonly trainLoss: number;
  /** Weighted sum of the tasks' validation losses, with each location's module alone. */
  readonly validationLoss: number;
  readonly tasks: Readonly<Record<string, TaskProgress>>;
  /** Hypermodules used by at least one location, after selection. */
  readonly activeModules: number;
  /** Locations whose hypermodule changed in this generation. */
  readonly changedLocations: number;
  /** Trainable numbers as deployed, after selection. */
  readonly parameters: number;
  /** Whether the validation loss was the best so far. */
  readonly best: boolean;
  readonly stepMilliseconds: number;
  /** The module of each location after selection, `[L]`; a copy. */
  readonly alignment: Int32Array;
}

/** One task in one generation; one number for each task that its architecture stacks. */
export interface TaskProgress {
  readonly metric: string;
  /** Whether a lower or a higher `validationMetric` is better. */
  readonly better: "lower" | "higher";
  readonly trainLoss: readonly number[];
  readonly validationLoss: readonly number[];
  readonly validationMetric: readonly number[];
}
