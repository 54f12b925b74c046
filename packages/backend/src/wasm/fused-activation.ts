import * as tf from "@tensorflow/tfjs-core";
import type { KernelInputs, WasmKernelCall } from "./wasm-kernel.js";

/** What the fused kernels of TensorFlow.js do to their product. */
export interface FusedAttributes {
  /** `linear`, or the name of an activation; null counts as linear. */
  readonly activation: string | null;
  readonly leakyreluAlpha?: number;
}

/** Kernels of the backend that compute an activation; each takes its input as `x`. */
const activations: Readonly<Record<string, string>> = {
  relu: "Relu",
  relu6: "Relu6",
  elu: "Elu",
  sigmoid: "Sigmoid",
  prelu: "Prelu",
  leakyrelu: "LeakyRelu",
};

const isLinear = (activation: string | null) => activation == null || activation === "linear";

/** Whether {@link activated} knows the activation. */
export const isKnownActivation = ({ activation }: FusedAttributes) =>
  isLinear(activation) || activation! in activations;

/** Whether a bias is one number for each column, which products can add as they go. */
export const isRow = (bias: tf.TensorInfo | undefined, columns: number) =>
  bias != null &&
  bias.dtype === "float32" &&
  bias.shape.at(-1) === columns &&
  tf.util.sizeFromShape([...bias.shape]) === columns;

/**
 * activation(product + bias) by the backend's own kernels, which suits any bias and activation that
 * broadcast; `product` is disposed of where it is not the result.
 */
export function activated(
  call: WasmKernelCall<FusedAttributes>,
  product: tf.TensorInfo,
  { biasIsAdded }: { biasIsAdded: boolean },
): tf.TensorInfo {
  const { inputs, attributes } = call;
  let result = product;
  if (inputs["bias"] != null && !biasIsAdded) {
    result = replaced(call, result, "Add", { inputs: { a: result, b: inputs["bias"] } });
  }
  const { activation, leakyreluAlpha } = attributes;
  if (isLinear(activation)) return result;
  const alpha = inputs["preluActivationWeights"];
  return replaced(call, result, activations[activation!]!, {
    inputs: activation === "prelu" ? { x: result, alpha: alpha! } : { x: result },
    attributes: { alpha: leakyreluAlpha ?? 0 },
  });
}

/** The result of another kernel; `consumed`, which it was computed from, is disposed of. */
function replaced(
  { backend }: WasmKernelCall<unknown>,
  consumed: tf.TensorInfo,
  name: string,
  { inputs, attributes = {} }: { inputs: KernelInputs; attributes?: tf.NamedAttrMap },
): tf.TensorInfo {
  const { kernelFunc } = tf.getKernel(name, "wasm");
  const result = kernelFunc({ inputs: { ...inputs }, backend, attrs: attributes });
  backend.disposeData(consumed.dataId);
  return result as tf.TensorInfo;
}
