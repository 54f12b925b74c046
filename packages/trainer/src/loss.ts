import type { Shape } from "@muir/decompose";
import type * as tf from "@tensorflow/tfjs-core";
import type { TargetSpec } from "./target-spec.js";

/** What a task minimises. */
export interface Loss {
  readonly name: string;
  /**
   * What targets it takes, so that data which do not fit are refused before training.
   *
   * @param outputShape of one example's outputs.
   * @throws {RangeError} if it takes no outputs of this shape.
   */
  targets(outputShape: Shape): TargetSpec;
  /**
   * The mean loss of each stacked task, `[tasks]`; `[1]` for an ordinary task.
   *
   * @param outputs what the architecture returned: `[tasks, batch, ...]`, or `[batch, ...]` for one.
   * @param targets the batch's targets, with the same leading axes.
   */
  of(outputs: tf.Tensor, targets: tf.Tensor, tasks: number): tf.Tensor1D;
}
