import * as tf from "@tensorflow/tfjs";

/** A model to make an architecture of, and inputs for it; new each time, always with the same names. */
export interface ExampleModel {
  readonly build: () => tf.LayersModel;
  /** Shapes of inputs with a batch of three; where numbers are symbols, how many. */
  readonly inputs: readonly { readonly shape: number[]; readonly symbols?: number }[];
}

const { layers } = tf;

const stacked = (...stack: tf.layers.Layer[]) => tf.sequential({ name: "example", layers: stack });
const image = { inputShape: [6, 5, 2] };
const images = [{ shape: [3, 6, 5, 2] }];
const sequence = { inputShape: [4, 3] };
const sequences = [{ shape: [3, 4, 3] }];

/** A layer of a user's own: every number has its own factor. */
export class Factor extends layers.Layer {
  static readonly className = "Factor";
  private factor?: tf.LayerVariable;

  override build(inputShape: tf.Shape): void {
    const size = inputShape.at(-1)!;
    this.factor = this.addWeight("factor", [size, 1], "float32", tf.initializers.ones());
    this.built = true;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), factorInitializer: { className: "Ones", config: {} } };
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = Array.isArray(inputs) ? inputs[0]! : inputs;
    return tf.mul(x, tf.reshape(this.factor!.read(), [-1]));
  }
}
tf.serialization.registerClass(Factor);

/** One of every kind of layer that can be shared or does something special. */
export const exampleModels: Readonly<Record<string, ExampleModel>> = {
  dense: {
    build: () =>
      stacked(
        layers.dense({ name: "hidden", units: 5, activation: "relu", inputShape: [4] }),
        layers.dense({ name: "logits", units: 3, useBias: false, activation: "softmax" }),
      ),
    inputs: [{ shape: [3, 4] }],
  },
  "dense over time": {
    build: () => stacked(layers.dense({ name: "dense", units: 2, ...sequence })),
    inputs: sequences,
  },
  conv1d: {
    build: () => stacked(layers.conv1d({ name: "conv", filters: 4, kernelSize: 2, ...sequence })),
    inputs: sequences,
  },
  conv2d: {
    build: () =>
      stacked(
        layers.conv2d({ name: "conv", filters: 4, kernelSize: 3, activation: "tanh", ...image }),
        layers.maxPooling2d({ name: "pool", poolSize: 2 }),
        layers.flatten({ name: "flat" }),
        layers.dense({ name: "dense", units: 2 }),
      ),
    inputs: images,
  },
  "strided conv2d": {
    build: () =>
      stacked(
        layers.conv2d({
          name: "conv",
          filters: 4,
          kernelSize: 3,
          strides: 2,
          padding: "same",
          ...image,
        }),
        layers.activation({ name: "sigmoid", activation: "sigmoid" }),
      ),
    inputs: images,
  },
  "transposed conv2d": {
    build: () =>
      stacked(
        layers.conv2dTranspose({ name: "conv", filters: 3, kernelSize: 2, strides: 2, ...image }),
      ),
    inputs: images,
  },
  "separable conv2d": {
    build: () =>
      stacked(layers.separableConv2d({ name: "conv", filters: 3, kernelSize: 2, ...image })),
    inputs: images,
  },
  "depthwise conv2d": {
    build: () =>
      stacked(
        layers.depthwiseConv2d({ name: "conv", kernelSize: 2, depthMultiplier: 2, ...image }),
      ),
    inputs: images,
  },
  simpleRNN: {
    build: () => stacked(layers.simpleRNN({ name: "rnn", units: 3, ...sequence })),
    inputs: sequences,
  },
  lstm: {
    build: () =>
      stacked(
        layers.lstm({ name: "first", units: 3, returnSequences: true, ...sequence }),
        layers.lstm({ name: "second", units: 2, recurrentActivation: "sigmoid" }),
      ),
    inputs: sequences,
  },
  gru: {
    build: () => stacked(layers.gru({ name: "gru", units: 3, ...sequence })),
    inputs: sequences,
  },
  bidirectional: {
    build: () =>
      stacked(
        layers.bidirectional({
          name: "both",
          layer: layers.lstm({ name: "lstm", units: 2, returnSequences: true }) as tf.RNN,
          ...sequence,
        }),
        layers.bidirectional({
          name: "sum",
          layer: layers.gru({ name: "gru", units: 2 }) as tf.RNN,
          mergeMode: "sum",
        }),
      ),
    inputs: sequences,
  },
  "stacked cells": {
    build: () =>
      stacked(
        layers.rnn({
          name: "rnn",
          cell: [layers.lstmCell({ units: 2 }), layers.gruCell({ units: 3 })],
          ...sequence,
        }),
      ),
    inputs: sequences,
  },
  "a layer at each step": {
    build: () =>
      stacked(
        layers.timeDistributed({
          name: "each",
          layer: layers.dense({ name: "dense", units: 2 }),
          ...sequence,
        }),
      ),
    inputs: sequences,
  },
  embedding: {
    build: () =>
      stacked(
        layers.embedding({ name: "words", inputDim: 7, outputDim: 3, inputLength: 4 }),
        layers.lstm({ name: "lstm", units: 2 }),
      ),
    inputs: [{ shape: [3, 4], symbols: 7 }],
  },
  "embedding with masks": {
    build: () =>
      stacked(
        layers.embedding({
          name: "words",
          inputDim: 4,
          outputDim: 3,
          inputLength: 4,
          maskZero: true,
        }),
        layers.lstm({ name: "lstm", units: 2 }),
      ),
    inputs: [{ shape: [3, 4], symbols: 4 }],
  },
  "batch normalization": {
    build: () =>
      stacked(
        layers.conv2d({ name: "conv", filters: 3, kernelSize: 2, ...image }),
        layers.batchNormalization({ name: "norm", momentum: 0.8 }),
        layers.reLU({ name: "relu" }),
        layers.globalAveragePooling2d({ name: "pool" } as never),
      ),
    inputs: images,
  },
  "layer normalization and prelu": {
    build: () =>
      stacked(
        layers.layerNormalization({ name: "norm", ...sequence }),
        layers.prelu({ name: "prelu", alphaInitializer: "ones" }),
      ),
    inputs: sequences,
  },
  "several inputs and outputs": {
    build: () => {
      const picture = tf.input({ name: "picture", shape: [6, 5, 2] });
      const word = tf.input({ name: "word", shape: [1], dtype: "int32" });
      const apply = (layer: tf.layers.Layer, x: tf.SymbolicTensor | tf.SymbolicTensor[]) =>
        layer.apply(x) as tf.SymbolicTensor;
      const seen = apply(layers.conv2d({ name: "conv", filters: 2, kernelSize: 3 }), picture);
      const read = apply(layers.embedding({ name: "words", inputDim: 5, outputDim: 3 }), word);
      const flat = [seen, read].map((x, i) => apply(layers.flatten({ name: `flat${i}` }), x));
      const all = apply(layers.concatenate({ name: "all" }), flat);
      const grid = apply(layers.dense({ name: "dense", units: 6 }), all);
      const outputs = [
        apply(layers.reshape({ name: "grid", targetShape: [2, 3] }), grid),
        apply(layers.dense({ name: "value", units: 1 }), all),
      ];
      return tf.model({ name: "example", inputs: [picture, word], outputs });
    },
    inputs: [{ shape: [3, 6, 5, 2] }, { shape: [3, 1], symbols: 5 }],
  },
  "a shared layer": {
    build: () => {
      const [a, b] = [tf.input({ name: "a", shape: [4] }), tf.input({ name: "b", shape: [4] })];
      const dense = layers.dense({ name: "dense", units: 4, activation: "tanh" });
      const norm = layers.batchNormalization({ name: "norm" });
      const twice = dense.apply(dense.apply(a)) as tf.SymbolicTensor;
      const once = dense.apply(b) as tf.SymbolicTensor;
      const normed = [twice, once].map((x) => norm.apply(x) as tf.SymbolicTensor);
      const outputs = layers.add({ name: "sum" }).apply(normed) as tf.SymbolicTensor;
      return tf.model({ name: "example", inputs: [a, b], outputs });
    },
    inputs: [{ shape: [3, 4] }, { shape: [3, 4] }],
  },
  "a model in a model": {
    build: () => {
      const inner = tf.sequential({
        name: "inner",
        layers: [layers.dense({ name: "dense", units: 3, inputShape: [4] })],
      });
      return stacked(
        layers.dense({ name: "first", units: 4, inputShape: [4] }),
        inner,
        layers.dense({ name: "last", units: 2 }),
      );
    },
    inputs: [{ shape: [3, 4] }],
  },
  "a layer of one's own": {
    build: () =>
      stacked(
        layers.dense({ name: "dense", units: 3, inputShape: [4] }),
        new Factor({ name: "factor" }),
      ),
    inputs: [{ shape: [3, 4] }],
  },
};
