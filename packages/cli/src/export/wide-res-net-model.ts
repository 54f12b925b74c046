import * as tf from "@tensorflow/tfjs";
import type { NetworkTensors, UnsetModel } from "./layer-weights.js";

/** A wide residual network as a layers model: images to logits. */
export function wideResNetModel(
  tensors: NetworkTensors,
  inputShape: readonly number[],
): UnsetModel {
  const weights: Record<string, tf.Tensor[]> = {};
  const image = tf.input({ shape: [...inputShape] });
  const conv = (x: tf.SymbolicTensor, name: string, { strides = 1, padding = 1 } = {}) => {
    const kernel = tensors[`${name}.kernel`]!;
    const bias = tensors[`${name}.bias`];
    weights[name] = bias === undefined ? [kernel] : [kernel, bias];
    const padded = padding === 0 ? x : tf.layers.zeroPadding2d({ padding }).apply(x);
    const filters = kernel.shape[3]!;
    return tf.layers
      .conv2d({ name, kernelSize: 3, filters, strides, useBias: bias !== undefined })
      .apply(padded) as tf.SymbolicTensor;
  };
  const norm = (x: tf.SymbolicTensor, name: string) => {
    const parts = [
      `${name}.scale`,
      `${name}.offset`,
      `state/${name}.mean`,
      `state/${name}.variance`,
    ];
    weights[name] = parts.map((part) => tensors[part]!);
    const normalized = tf.layers.batchNormalization({ name, epsilon: 1e-5 }).apply(x);
    return tf.layers.reLU().apply(normalized) as tf.SymbolicTensor;
  };
  let x = conv(image, "conv", { padding: 0 });
  for (const block of blocksOf(tensors)) {
    const strides = block.startsWith("group1.") || !block.endsWith(".block1") ? 1 : 2;
    const inner = conv(norm(x, `${block}.norm1`), `${block}.conv1`, { strides });
    const change = conv(norm(inner, `${block}.norm2`), `${block}.conv2`);
    const hasShortcut = `${block}.shortcut.kernel` in tensors;
    const way = hasShortcut ? conv(x, `${block}.shortcut`, { strides }) : x;
    x = tf.layers.add().apply([change, way]) as tf.SymbolicTensor;
  }
  const averages = tf.layers.globalAveragePooling2d({}).apply(norm(x, "norm"));
  const dense = ["dense.kernel", "dense.bias"].map((name) => tensors[name]!);
  weights["dense"] = dense;
  const logits = tf.layers.dense({ name: "dense", units: dense[1]!.size }).apply(averages);
  return { model: tf.model({ inputs: image, outputs: logits as tf.SymbolicTensor }), weights };
}

/** `group1.block1` and so on, in the order of the parameters. */
function blocksOf(tensors: NetworkTensors): string[] {
  const found = Object.keys(tensors).flatMap((name) => /^group\d+\.block\d+/.exec(name) ?? []);
  return [...new Set(found)];
}
