import type { Shape } from "@muir/decompose";
import type * as tf from "@tensorflow/tfjs-core";
import type { Loss } from "./loss.js";
import type { TargetSpec } from "./target-spec.js";

/** What a task is judged by. */
export type Metric = BatchMetric | LossMetric;

/** A metric that looks at outputs and targets: a few numbers a batch, and what they come to. */
export interface BatchMetric {
  /** What it measures, in events and reports: `rmse`. */
  readonly name: string;
  /** Whether a lower or a higher value is better. */
  readonly better: "lower" | "higher";
  /**
   * What targets it takes.
   *
   * @param outputShape of one example's outputs.
   * @throws {RangeError} if it takes no outputs of this shape.
   */
  targets(outputShape: Shape): TargetSpec;
  /** Numbers about one batch, `[tasks, numbers]`; arguments are those of {@link Loss.of}. */
  measure(outputs: tf.Tensor, targets: tf.Tensor, tasks: number): tf.Tensor2D;
  /**
   * The metric of all batches together, from the numbers about each. Computed on the host, in double
   * precision.
   */
  value(batches: readonly ArrayLike<number>[]): number;
}

/** A metric that is the loss in other units, and so costs nothing beside it. */
export interface LossMetric {
  readonly name: string;
  readonly better: "lower" | "higher";
  /** The loss that it follows from; tasks that minimise another one cannot have it. */
  readonly loss: Loss;
  /** The metric, from the mean loss over a split. */
  ofLoss(loss: number): number;
}

/** Whether a metric follows from the loss. */
export function isLossMetric(metric: Metric): metric is LossMetric {
  return "ofLoss" in metric;
}
