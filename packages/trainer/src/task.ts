import type { Splits } from "@muir/data";
import type { Architecture } from "@muir/models";
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
}
