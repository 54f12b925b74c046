import * as tf from "@tensorflow/tfjs";
import { affineWeights, type NetworkTensors, type UnsetModel } from "./layer-weights.js";

/** LeNet as a layers model: images `[32, 32, 3]` to logits. */
export function leNetModel(tensors: NetworkTensors, inputShape: readonly number[]): UnsetModel {
  const units = (layer: string) => tensors[`${layer}.bias`]!.size;
  const conv = (name: string) =>
    tf.layers.conv2d({ name, kernelSize: 5, filters: units(name), activation: "relu" });
  const pool = () => tf.layers.maxPooling2d({ poolSize: 2, strides: 2 });
  const dense = (name: string, activation?: "relu") =>
    tf.layers.dense({ name, units: units(name), ...(activation && { activation }) });
  const model = tf.sequential({
    name: "lenet",
    layers: [
      tf.layers.zeroPadding2d({ padding: 1, inputShape: [...inputShape] }),
      conv("conv1"),
      pool(),
      tf.layers.zeroPadding2d({ padding: 1 }),
      conv("conv2"),
      pool(),
      tf.layers.flatten(),
      dense("dense1", "relu"),
      dense("dense2", "relu"),
      dense("dense3"),
    ],
  });
  const weights = affineWeights(tensors, "conv1", "conv2", "dense1", "dense2", "dense3");
  return { model, weights };
}
