import type * as tf from "@tensorflow/tfjs";

/** A trained network's tensors by the names of its architecture's parameters, and `state/NAME`. */
export type NetworkTensors = Readonly<Record<string, tf.Tensor>>;

/** A layers model, and where each of its layers has its weights from. */
export interface UnsetModel {
  readonly model: tf.LayersModel;
  /** By layer: the weights in the order of `layer.setWeights`. */
  readonly weights: Readonly<Record<string, readonly tf.Tensor[]>>;
}

/** The kernel and the bias of a layer that has the same name in the architecture. */
export function affineWeights(tensors: NetworkTensors, ...layers: string[]) {
  return Object.fromEntries(
    layers.map((layer) => [layer, [tensors[`${layer}.kernel`]!, tensors[`${layer}.bias`]!]]),
  );
}
