import { arrayDataset, type Dataset, type Splits, tokenStreams } from "@muir/data";
import { deepBind, leNet, stackedLstm } from "@muir/models";
import { createRandom } from "@muir/random";
import {
  crossEntropy,
  errorPercent,
  meanSquaredError,
  meanSquaredErrorMetric,
  perplexity,
  type Task,
} from "@muir/trainer";

const random = createRandom(1);
const integers = (length: number, below: number) =>
  Int32Array.from({ length }, () => Math.floor(random() * below));
const numbers = (length: number) => Float32Array.from({ length }, () => random() - 0.5);
const everywhere = (split: Dataset): Splits => ({ train: split, validation: split, test: split });

/** LeNet, the stacked LSTM and DeepBind-256 in the paper's sizes, L = 10,857, with random data. */
export function paperTasks(): Task[] {
  const images = arrayDataset({
    name: "images",
    inputs: { shape: [256, 32, 32, 3], data: numbers(256 * 32 * 32 * 3) },
    targets: { shape: [256], data: integers(256, 10) },
  });
  const text = tokenStreams(integers(20 * 35 * 4 + 1, 33_278), { name: "text" });
  const sequences = arrayDataset({
    name: "sequences",
    inputs: { shape: [1024, 201], data: integers(1024 * 201, 5) },
    targets: { shape: [1024, 1], data: numbers(1024) },
  });
  return [
    {
      ...{ name: "vision", architecture: leNet(), splits: everywhere(images) },
      ...{ loss: crossEntropy, metric: errorPercent, batchSize: 128 },
    },
    {
      ...{ name: "language", architecture: stackedLstm(), splits: everywhere(text) },
      ...{ loss: crossEntropy, metric: perplexity, batchSize: 20 },
    },
    {
      ...{ name: "genomics", architecture: deepBind(), splits: everywhere(sequences) },
      ...{ loss: meanSquaredError, metric: meanSquaredErrorMetric, batchSize: 512 },
    },
  ];
}
