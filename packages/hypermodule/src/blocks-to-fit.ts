import { type DecompositionPlan, dissectModel } from "@muir/decompose";
import * as tf from "@tensorflow/tfjs-core";

/** What a network's weights ask of its locations, in their order. */
export interface BlocksToFit {
  /** `[count, m, n]`. */
  readonly blocks: tf.Tensor;
  /** Which entries of the blocks are weights, `[count, m, n]`, bool; the rest lies past an edge. */
  readonly isKept: tf.Tensor;
  /** The root mean square of the weights each block belongs to, `[count]`. */
  readonly sizes: tf.Tensor;
}

/**
 * Cuts a network's weights into blocks, and measures them. Weights that are all zero count as large as a
 * layer of so many inputs would have them.
 *
 * @throws {RangeError} if a weight is missing or has another shape than in the plan.
 */
export function blocksToFit(
  weights: Readonly<Record<string, tf.Tensor>>,
  { plan, model }: { plan: DecompositionPlan; model: string },
): BlocksToFit {
  const shared = plan.shared.filter((parameter) => parameter.model === model);
  const blocks = dissectModel(weights, plan, model);
  const ones = shared.map(({ parameter, shape }) => [parameter, tf.ones([...shape])] as const);
  const sizes = shared.map(({ parameter, rows, count }) => {
    const size = tf.sqrt(tf.mean(tf.square(weights[parameter]!)));
    return tf.tile(tf.reshape(tf.where(tf.greater(size, 0), size, rows ** -0.5), [1]), [count]);
  });
  return {
    blocks,
    isKept: tf.cast(dissectModel(Object.fromEntries(ones), plan, model), "bool"),
    sizes: tf.concat(sizes),
  };
}
