import * as tf from "@tensorflow/tfjs";
import type { NetworkTensors, UnsetModel } from "./layer-weights.js";

/**
 * The stacked LSTM as a layers model: words `[time]` to the logits of the next, every window from the state
 * zero. The embedding is there twice, since layers models cannot share it with the logits.
 */
export function stackedLstmModel(
  tensors: NetworkTensors,
  inputShape: readonly number[],
): UnsetModel {
  const [vocabulary, size] = tensors["embedding"]!.shape as [number, number];
  const names = Object.keys(tensors)
    .filter((name) => name.endsWith(".recurrent"))
    .map((name) => name.replace(/\.recurrent$/, ""));
  const model = tf.sequential({
    name: "stacked-lstm",
    layers: [
      tf.layers.embedding({
        name: "embedding",
        inputDim: vocabulary,
        outputDim: size,
        inputShape: [...inputShape],
      }),
      ...names.map((name) =>
        tf.layers.lstm({
          name,
          units: tensors[`${name}.recurrent`]!.shape[0]!,
          recurrentActivation: "sigmoid",
          returnSequences: true,
          recurrentInitializer: "zeros", // written over; the usual one is slow
        }),
      ),
      tf.layers.dense({ name: "softmax", units: vocabulary }),
    ],
  });
  const words = tensors["softmax.kernel"] ?? tensors["embedding"]!; // tied
  const kernel = tf.transpose(words);
  const weights = {
    embedding: [tensors["embedding"]!],
    ...Object.fromEntries(
      names.map((name) => [
        name,
        ["kernel", "recurrent", "bias"].map((part) => tensors[`${name}.${part}`]!),
      ]),
    ),
    softmax: [kernel, tensors["softmax.bias"]!],
  };
  return { model, weights };
}
