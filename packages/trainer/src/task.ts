import type { Splits } from "@muir/data";
import type { Architecture } from "@muir/models";
import type * as tf from "@tensorflow/tfjs-core";
import type { Loss } from "./loss.js";
import type { Metric } from "./metric.js";

/** A dataset, a loss and an architecture. */
export interface Task {
  /** Names the task in events and errors; each task's is its own. */
  readonly name: string;
  readonly architecture: Architecture;
  readonly splits: Splits;
  readonly loss: Loss;
  readonly metric: Metric;
  /**
   * Examples a step (of each stacked task). A size of the whole split or more takes it whole; a split
   * that is read in streams takes as many as there are streams.
   */
  readonly batchSize: number;
  /** What the task's loss counts in the sum of a joint step. Default 1. */
  readonly weight?: number;
  /**
   * Weights to begin from instead of drawn ones, such as a pretrained network's: one of each parameter's
   * shape, by its name. Those that are generated are fitted by the bank, each block by a hypermodule of its own,
   * so `initialAlignment` must be `"disjoint"`. Read once, when the training is created; they stay the caller's.
   */
  readonly start?: Readonly<Record<string, tf.Tensor>>;
}
