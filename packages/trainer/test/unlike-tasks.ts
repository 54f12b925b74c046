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

interface Drawn {
  readonly seed: number;
  /** The share that is dropped of the language model's words and outputs. */
  readonly dropout?: number;
}

const draws = <T>(length: number, draw: () => T) => Array.from({ length }, draw);
const below = (random: Random, count: number) => Math.floor(random() * count);

/** The paper's vision task, tiny: LeNet tells three kinds of images apart, 8 a split. */
export function visionTask({ seed }: Drawn): Task {
  const random = createRandom(seed).split("vision");
  const architecture = leNet({ inputShape: [10, 10, 1], filters: 2, hidden: [4, 3], classes: 3 });
  const split = () => {
    const labels = draws(8, () => below(random, 3));
    const pixels = labels.flatMap((label) => draws(100, () => label - 1 + standardNormal(random)));
    return arrayDataset({
      name: "images",
      inputs: { shape: [8, 10, 10, 1], data: Float32Array.from(pixels) },
      targets: { shape: [8], data: Int32Array.from(labels) },
    });
  };
  const judged = { loss: crossEntropy, metric: errorPercent };
  return { name: "vision", architecture, splits: threeOf(split), ...judged, batchSize: 4 };
}

/** The paper's language task, tiny: two streams of seven words, four windows of three a split. */
export function languageTask({ seed, dropout = 0 }: Drawn): Task {
  const random = createRandom(seed).split("language");
  const architecture = stackedLstm({ vocabulary: 7, time: 3, layers: 2, units: 4, dropout });
  const split = () => {
    const words = draws(2 * 3 * 4 + 1, () => below(random, 7));
    return tokenStreams(Int32Array.from(words), { name: "words", streams: 2, time: 3 });
  };
  const judged = { loss: crossEntropy, metric: perplexity };
  return { name: "language", architecture, splits: threeOf(split), ...judged, batchSize: 2 };
}

/** The paper's genomics task, tiny: DeepBind scores sequences of six bases, 9 a split. */
export function genomicsTask({ seed }: Drawn): Task {
  const random = createRandom(seed).split("genomics");
  const architecture = deepBind({ filters: 4, width: 3, length: 6 });
  const split = () =>
    arrayDataset({
      name: "sequences",
      inputs: { shape: [9, 6], data: Int32Array.from(draws(9 * 6, () => below(random, 5))) },
      targets: { shape: [9, 1], data: Float32Array.from(draws(9, () => standardNormal(random))) },
    });
  const judged = { loss: meanSquaredError, metric: correlation };
  return { name: "genomics", architecture, splits: threeOf(split), ...judged, batchSize: 3 };
}

/** Three tasks that have nothing in common: not data, architecture, batch size, loss nor metric. */
export const unlikeTasks = (drawn: Drawn): Task[] => [
  visionTask(drawn),
  languageTask(drawn),
  genomicsTask(drawn),
];

function threeOf(split: () => Dataset): Splits {
  return { train: split(), validation: split(), test: split() };
}
