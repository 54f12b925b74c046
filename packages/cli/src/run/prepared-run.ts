import type { ActiveBackend } from "@muir/backend";
import type { Task, Training, TrainingSettings } from "@muir/trainer";

/** The parts of a run that are made, and so checked, before anything is written. */
export interface PreparedRun {
  /** What names it. */
  readonly names: RunNames;
  /** Every setting, as `config.json` has it. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly tasks: readonly Task[];
  /** The trainer's settings, as given to it. */
  readonly settings: Partial<TrainingSettings>;
  /** Whoever prepared it disposes it, or has it run. */
  readonly training: Training;
  /** The true group of each location, where known. */
  readonly groups: Int32Array | null;
  /** What the data of each task are, in a line each; none where the configuration says it all. */
  readonly about: readonly string[];
  /** Frees what the run holds beside its training. */
  dispose?(): void;
}

/** What a run is called by. */
export interface RunNames {
  readonly experiment: string;
  /** Of the experiment: `clean` or `noisy`; the preset. */
  readonly variant: string;
  readonly method: string;
  readonly seed: number;
}

/** What a run needs besides its parts. */
export interface RunOptions {
  /** Folder to write to; it was checked. */
  readonly out: string;
  readonly backend: ActiveBackend;
}

/** Trainable numbers of the tasks' networks as they would be alone. */
export function originalParameters(tasks: readonly Task[]): number {
  return tasks
    .flatMap(({ architecture }) => Object.values(architecture.parameters))
    .reduce((total, { shape }) => total + shape.reduce((product, size) => product * size, 1), 0);
}
