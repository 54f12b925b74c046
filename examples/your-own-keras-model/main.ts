// A model of TensorFlow.js is trained together with a network of another kind, shares hypermodules with
// it, and is an ordinary model again afterwards.
import { arrayDataset } from "@muir/data";
import { perceptron } from "@muir/models";
import { formatLayersModel, fromLayersModel, toLayersModel } from "@muir/models/layers";
import { createRandom } from "@muir/random";
import { createTraining, meanSquaredError, rootMeanSquaredError, type Task } from "@muir/trainer";
import * as tf from "@tensorflow/tfjs";

await tf.setBackend("cpu");

// any tf.LayersModel will do, also one from tf.loadLayersModel
const model = tf.sequential({
  name: "my-model",
  layers: [
    tf.layers.dense({ name: "hidden", units: 16, activation: "tanh", inputShape: [8] }),
    tf.layers.dropout({ name: "dropout", rate: 0.05 }),
    tf.layers.dense({ name: "deep", units: 16, activation: "tanh" }),
    tf.layers.dense({ name: "output", units: 1 }),
  ],
});
const architecture = fromLayersModel(model, { exclude: ["output"] });
console.log(`${formatLayersModel(architecture)}\n`);

// both tasks look the same way at eight numbers, and see different things there
const random = createRandom(1);
const direction = Array.from({ length: 8 }, () => 2 * random() - 1);

function task(name: string, target: (seen: number) => number, network: Task["architecture"]): Task {
  const dataset = (size: number) => {
    const inputs = Float32Array.from({ length: 8 * size }, () => 2 * random() - 1);
    const targets = Float32Array.from({ length: size }, (_, i) =>
      target(direction.reduce((sum, d, j) => sum + d * inputs[8 * i + j]!, 0)),
    );
    return arrayDataset({
      name,
      inputs: { shape: [size, 8], data: inputs },
      targets: { shape: [size, 1], data: targets },
    });
  };
  const splits = { train: dataset(60), validation: dataset(60), test: dataset(200) };
  const [loss, metric] = [meanSquaredError, rootMeanSquaredError];
  return { name, architecture: network, splits, loss, metric, batchSize: 30 };
}

const sine = task("sine", Math.sin, architecture);
const step = task("step", Math.tanh, perceptron({ sizes: [8, 16, 16, 1], activation: "tanh" }));
const training = createTraining([sine, step], {
  block: [8, 8],
  contextSize: 2,
  lambda: 1,
  generations: 12,
  finalGenerations: 4,
  stepsPerGeneration: 50,
  learningRate: 0.005,
});
for await (const { generation, validationLoss, activeModules } of training.generations()) {
  if (generation % 4 > 0) continue;
  const found = `validation loss ${validationLoss.toFixed(3)}, ${activeModules} hypermodules`;
  console.log(`generation ${generation}: ${found}`);
}
const evaluated = (await training.evaluate("test"))["sine"]!;
console.log(`test RMSE of the task ${evaluated.metric[0]!.toFixed(3)}`);

// back to TensorFlow.js: from here on nothing of muir is needed
const trained = toLayersModel(architecture, { weights: training.weights()["sine"]! });
training.dispose();
const { inputs, targets } = sine.splits.test.batch(Int32Array.from({ length: 200 }, (_, i) => i));
const predicted = trained.predict(tf.tensor2d(inputs.data, [200, 8])) as tf.Tensor;
const errors = tf.sub(predicted, tf.tensor2d(targets.data, [200, 1]));
const error = tf.sqrt(tf.mean(tf.square(errors))).dataSync()[0]!;
console.log(`test RMSE of the model ${error.toFixed(3)}`);
