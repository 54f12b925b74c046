import * as tf from "@tensorflow/tfjs-core";

/** Whether the backend in use has all of these kernels. An op whose gradient is a kernel needs both. */
export function hasKernels(...names: readonly string[]): boolean {
  return names.every((name) => tf.getKernel(name, tf.getBackend()) != null);
}

/** Runs a kernel of ours, whose inputs and attributes tfjs types as its own loose records. */
export function runKernel(
  name: string,
  inputs: object,
  attributes: object = {},
): readonly tf.Tensor[] {
  const outputs = tf
    .engine()
    .runKernel(name, inputs as tf.NamedTensorMap, attributes as tf.NamedAttrMap);
  return Array.isArray(outputs) ? outputs : [outputs];
}
