import type { Shape } from "@muir/decompose";
import { batchNormalize, normalize } from "@muir/ops";
import * as tf from "@tensorflow/tfjs-core";
import type { ModelState, ParameterSpec } from "../architecture.js";
import { one, zero } from "./initial.js";

/** The parameters of batch normalization: at first it only normalizes. */
export function batchNormParameters(channels: number): Record<"scale" | "offset", ParameterSpec> {
  return {
    scale: { shape: [channels], initial: one },
    offset: { shape: [channels], initial: zero },
  };
}

/** The running averages before the first batch, which the caller owns. */
export function batchNormState(channels: number): Record<"mean" | "variance", tf.Tensor> {
  return { mean: tf.zeros([channels]), variance: tf.ones([channels]) };
}

/** Shapes of the running averages. */
export function batchNormStateShapes(channels: number): Record<"mean" | "variance", Shape> {
  return { mean: [channels], variance: [channels] };
}

/** What of the running averages is kept at each step. */
const momentum = 0.9;

/** Parameters and running averages of one layer, by the names above. */
type Statistics = Readonly<Record<string, tf.Tensor>>;

/**
 * Batch normalization, then relu: in training by the statistics of the batch, with new running
 * averages; otherwise by the running averages, which stay.
 *
 * The running variance is of the estimate that divides by n - 1, as PyTorch has it.
 */
export function batchNormRelu(
  x: tf.Tensor4D,
  parameters: Statistics,
  { training, state }: { training: boolean; state: Statistics },
): { outputs: tf.Tensor4D; state: ModelState } {
  const [scale, offset] = [parameters["scale"], parameters["offset"]] as tf.Tensor1D[];
  const [mean, variance] = [state["mean"], state["variance"]] as tf.Tensor1D[];
  const options = { scale: scale!, offset: offset!, activation: "relu" } as const;
  if (!training) {
    const outputs = normalize(x, { ...options, mean: mean!, variance: variance! });
    return { outputs: outputs as tf.Tensor4D, state };
  }
  const batch = batchNormalize(x, options);
  const entries = x.size / x.shape[3];
  const unbiased = tf.mul(batch.variance, entries / Math.max(1, entries - 1));
  return {
    outputs: batch.outputs as tf.Tensor4D,
    state: { mean: moved(mean!, batch.mean), variance: moved(variance!, unbiased) },
  };
}

function moved(average: tf.Tensor, found: tf.Tensor): tf.Tensor {
  return tf.add(tf.mul(average, momentum), tf.mul(found, 1 - momentum));
}
