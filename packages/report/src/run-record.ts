/** One line of a run's `events.jsonl`: what one generation did. */
export interface GenerationRecord {
  /** 1 for the first. */
  readonly generation: number;
  readonly phase: "burn-in" | "search" | "final";
  /** Mean over the generation's steps of the sum of the tasks' losses. */
  readonly trainLoss: number;
  /** Sum of the tasks' losses on their validation splits, with the blocks the next generation starts from. */
  readonly validationLoss: number;
  /** By task name; one number for each task that the architecture stacks. */
  readonly tasks: Readonly<Record<string, TaskRecord>>;
  /** Hypermodules used by at least one location, after selection. */
  readonly activeModules: number;
  /** Locations whose hypermodule changed in this generation. */
  readonly changedLocations: number;
  /** Trainable numbers of all tasks as deployed, after selection. */
  readonly parameters: number;
  /** Whether validation was the best so far. */
  readonly best: boolean;
  /** Mean wall time of a step. */
  readonly stepMilliseconds: number;
}

/** What one generation did for one task, or for each of a stack of tasks. */
export interface TaskRecord {
  /** What `validationMetric` measures: `rmse`, `accuracy`. */
  readonly metric: string;
  /** Whether a lower or a higher `validationMetric` is better, where the run says so. */
  readonly better?: "lower" | "higher";
  readonly trainLoss: readonly number[];
  readonly validationLoss: readonly number[];
  readonly validationMetric: readonly number[];
}

/** A run's `summary.json`: what it came to. */
export interface RunSummary {
  readonly experiment: string;
  readonly variant: string;
  readonly method: string;
  readonly seed: number;
  readonly backend: string;
  /** `complete`, or `interrupted` when the user stopped it. */
  readonly status: string;
  readonly generations: number;
  readonly steps: number;
  /** Of a single task that is measured by its RMSE; null for others, and where the test split was not read. */
  readonly testRmse: number | null;
  /** Of a single task that is measured by its RMSE; null for others. */
  readonly validationRmse: number | null;
  /** By task name. */
  readonly tasks: Readonly<Record<string, TaskSummary>>;
  readonly activeModules: number;
  /** Share of pairs of tasks that are rightly together or rightly apart, where the true groups are known. */
  readonly groupingAccuracy: number | null;
  /** First generation from which the alignment stayed grouped as the data is; null if never or unknown. */
  readonly convergedAt: number | null;
  readonly parameters: number;
  readonly wallSeconds: number;
  readonly stepMilliseconds: number;
}

/** What a run came to for one task; of stacked tasks, the mean. */
export interface TaskSummary {
  /** What is measured: `error %`, `perplexity`. */
  readonly metric: string;
  /** Whether a lower or a higher value is better. */
  readonly better: "lower" | "higher";
  readonly validation: number;
  /** null where the test split was not read: the run was interrupted. */
  readonly test: number | null;
}

/** A run's `config.json`, as far as figures need it. */
export interface RunConfig {
  readonly experiment: string;
  readonly variant: string;
  readonly method: string;
  readonly seed: number;
  /** What computed it, where the file says so. */
  readonly backend?: string;
  /** Locations L: the length of a row of `alignment.bin`. 0 when nothing is shared. */
  readonly locations: number;
  /** Hypermodules K. */
  readonly modules: number;
  /** Name of each location, where known: `linear/weight[3] row 0 column 0`. */
  readonly locationNames?: readonly string[];
  /** True group of each location, where known. */
  readonly groups?: readonly number[];
  /** Trainable numbers of the tasks' original networks. */
  readonly originalParameters: number;
}

/** Everything a run's folder holds that figures need. */
export interface RunRecord {
  readonly config: RunConfig;
  readonly generations: readonly GenerationRecord[];
  /**
   * `[rows, L]`, row-major: row 0 is the alignment before the first generation, row g the one after
   * generation g. In the folder it is `alignment.bin`, little-endian int32.
   */
  readonly alignments: Int32Array;
  /** Absent while a run goes on. */
  readonly summary?: RunSummary;
  /** What was found wanting while reading, one sentence each: a last line cut short by a crash. */
  readonly notes?: readonly string[];
}
