import * as tf from "@tensorflow/tfjs";
import { affineWeights, type NetworkTensors, type UnsetModel } from "./layer-weights.js";

/** DeepBind as a layers model: symbols `[length]` to one number. */
export function deepBindModel(tensors: NetworkTensors, inputShape: readonly number[]): UnsetModel {
  const [symbols, size] = tensors["embedding"]!.shape as [number, number];
  const [width, , filters] = tensors["conv.kernel"]!.shape as [number, number, number];
  const model = tf.sequential({
    name: `deepbind-${filters}`,
    layers: [
      tf.layers.embedding({
        name: "embedding",
        inputDim: symbols,
        outputDim: size,
        inputShape: [...inputShape],
      }),
      tf.layers.conv1d({ name: "conv", filters, kernelSize: width, activation: "relu" }),
      tf.layers.globalMaxPooling1d({}),
      tf.layers.dense({ name: "dense1", units: tensors["dense1.bias"]!.size, activation: "relu" }),
      tf.layers.dense({ name: "dense2", units: 1 }),
    ],
  });
  const weights = {
    embedding: [tensors["embedding"]!],
    ...affineWeights(tensors, "conv", "dense1", "dense2"),
  };
  return { model, weights };
}
