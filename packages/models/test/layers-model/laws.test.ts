import { describeArchitecture } from "@muir/models/laws";
import { fromLayersModel } from "@muir/models/layers";
import * as tf from "@tensorflow/tfjs";
import { exampleModels } from "./example-models.js";

const { layers } = tf;

// convolution, averages, dropout
describeArchitecture(
  fromLayersModel(
    tf.sequential({
      name: "images",
      layers: [
        layers.conv2d({ name: "conv", filters: 3, kernelSize: 2, inputShape: [5, 4, 2] }),
        layers.batchNormalization({ name: "norm", scale: false }),
        layers.activation({ name: "tanh", activation: "tanh" }),
        layers.dropout({ name: "dropout", rate: 0.3 }),
        layers.flatten({ name: "flat" }),
        layers.dense({ name: "dense", units: 2 }),
      ],
    }),
  ),
);

// symbols, a stream, dropout inside
describeArchitecture(
  fromLayersModel(
    tf.sequential({
      name: "words",
      layers: [
        layers.embedding({ name: "words", inputDim: 9, outputDim: 3, batchInputShape: [3, 4] }),
        layers.lstm({
          name: "lstm",
          units: 3,
          stateful: true,
          dropout: 0.2,
          recurrentDropout: 0.2,
          returnSequences: true,
        }),
        layers.timeDistributed({
          name: "logits",
          layer: layers.dense({ units: 9, kernelInitializer: "heNormal" }),
        }),
      ],
    }),
  ),
);

// several inputs, a layer used three times
describeArchitecture(fromLayersModel(exampleModels["a shared layer"]!.build()));
