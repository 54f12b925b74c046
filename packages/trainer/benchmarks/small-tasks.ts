import { arrayDataset, type Dataset, type Splits, tokenStreams } from "@muir/data";
import { deepBind, leNet, stackedLstm } from "@muir/models";
import { createRandom, type Random, standardNormal } from "@muir/random";
import {
  correlation,
  crossEntropy,
  errorPercent,
  meanSquaredError,
  perplexity,
  type Task,
} from "@muir/trainer";

const draws = <T>(length: number, draw: () => T) => Array.from({ length }, draw);

/**
 * Three unlike tasks that can be learned within minutes: noisy images of ten patterns for LeNet, a text whose
 * next word follows the last with probability 0.7 for a stacked LSTM, and sequences whose score is how often
 * A is followed by G for DeepBind. L = 825 with blocks of 16 x 16.
 */
export function smallTasks(): Task[] {
  const random = createRandom(1);
  return [images(random.split("vision")), text(random.split("text")), bases(random.split("bases"))];
}

function images(random: Random): Task {
  const patterns = draws(10, () => draws(32 * 32 * 3, () => 0.3 * standardNormal(random)));
  const split = (count: number) => {
    const labels = draws(count, () => Math.floor(random() * 10));
    const pixels = labels.flatMap((label) =>
      patterns[label]!.map((pixel) => pixel + standardNormal(random)),
    );
    return arrayDataset({
      name: "patterns",
      inputs: { shape: [count, 32, 32, 3], data: Float32Array.from(pixels) },
      targets: { shape: [count], data: Int32Array.from(labels) },
    });
  };
  const judged = { loss: crossEntropy, metric: errorPercent, batchSize: 32 };
  return { name: "vision", architecture: leNet(), splits: three(split), ...judged };
}

function text(random: Random): Task {
  const architecture = stackedLstm({ vocabulary: 50, time: 10, layers: 2, units: 64, dropout: 0 });
  let word = 0;
  const next = () => {
    word = random() < 0.7 ? (word * 7 + 3) % 50 : Math.floor(random() * 50);
    return word;
  };
  const split = (count: number) =>
    tokenStreams(Int32Array.from(draws(8 * count + 8, next)), {
      ...{ name: "words", streams: 8, time: 10 },
    });
  const judged = { loss: crossEntropy, metric: perplexity, batchSize: 8 };
  return { name: "language", architecture, splits: three(split), ...judged };
}

function bases(random: Random): Task {
  const split = (count: number) => {
    const sequences = draws(count, () => draws(40, () => 1 + Math.floor(random() * 4)));
    const scores = sequences.map((sequence) => {
      const pairs = sequence.filter((base, i) => base === 1 && sequence[i + 1] === 3).length;
      return (pairs - 2.4) / 1.5;
    });
    return arrayDataset({
      name: "bases",
      inputs: { shape: [count, 40], data: Int32Array.from(sequences.flat()) },
      targets: { shape: [count, 1], data: Float32Array.from(scores) },
    });
  };
  const architecture = deepBind({ filters: 64, width: 12, length: 40 });
  const judged = { loss: meanSquaredError, metric: correlation, batchSize: 32 };
  return { name: "genomics", architecture, splits: three(split), ...judged };
}

function three(split: (count: number) => Dataset): Splits {
  return { train: split(512), validation: split(256), test: split(256) };
}
