import { arrayDataset, type Dataset, kangRegression, type Splits } from "@muir/data";
import { dense } from "@muir/decompose";
import { type Architecture, linearRegression } from "@muir/models";
import { createRandom, standardNormal } from "@muir/random";
import { meanSquaredError, rootMeanSquaredError, type Task } from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";

/**
 * The smallest network with everything a task may bring: a weight to be generated, a private bias,
 * a state of the model (the average of its inputs) and a state of the stream (batches seen).
 */
export function affine({ inputs, outputs, shared = true }: Sizes): Architecture<"weight" | "bias"> {
  return {
    name: "affine",
    parameters: {
      weight: {
        shape: [inputs, outputs],
        initial: { standardDeviation: Math.sqrt(2 / inputs) },
        ...(shared && { kind: dense }),
      },
      bias: { shape: [outputs], initial: { constant: 0.5 } },
    },
    inputShape: [inputs],
    outputShape: [outputs],
    tasks: 1,
    streamed: ["seen"],
    initialState: () => ({ average: tf.zeros([inputs]), seen: tf.scalar(0) }),
    apply({ weight, bias }, x, { training, state }) {
      return tf.tidy(() => {
        const { average, seen } = state as { average: tf.Tensor; seen: tf.Tensor };
        const centred = tf.sub(x, average) as tf.Tensor2D;
        const outputs = tf.add(tf.matMul(centred, weight as tf.Tensor2D), bias);
        const next = tf.add(tf.mul(average, 0.75), tf.mul(tf.mean(x, 0), 0.25));
        return {
          outputs: tf.add(outputs, tf.mul(seen, 0.125)),
          state: { average: training ? next : average, seen: tf.add(seen, 1) },
        };
      });
    },
  };
}

interface Sizes {
  readonly inputs: number;
  readonly outputs: number;
  /** Whether its weight may be generated; true unless told otherwise. */
  readonly shared?: boolean;
}

interface Drawn extends Sizes {
  readonly seed: number;
  readonly name?: string;
  readonly examples?: number;
  readonly batchSize?: number;
  /** Reads the examples as so many streams; then it is the size of a batch, too. */
  readonly streams?: number;
}

/** An {@link affine} network with data that some affine map made, 12 examples a split. */
export function affineTask({ seed, name = "affine", examples = 12, ...rest }: Drawn): Task {
  const { inputs, outputs, shared = true, streams, batchSize = streams ?? examples } = rest;
  const random = createRandom(seed);
  const truth = Array.from({ length: inputs * outputs }, () => standardNormal(random));
  const split = (): Dataset => {
    const x = Float32Array.from({ length: examples * inputs }, () => standardNormal(random) + 1);
    const y = Float32Array.from({ length: examples * outputs }, (_, at) => {
      const [example, output] = [Math.floor(at / outputs), at % outputs];
      const row = x.subarray(example * inputs, (example + 1) * inputs);
      return row.reduce((sum, value, i) => sum + value * truth[i * outputs + output]!, 1);
    });
    const dataset = arrayDataset({
      name,
      inputs: { shape: [examples, inputs], data: x },
      targets: { shape: [examples, outputs], data: y },
    });
    return streams === undefined ? dataset : inStreams(dataset, streams);
  };
  const splits = { train: split(), validation: split(), test: split() };
  return taskOf(name, { architecture: affine({ inputs, outputs, shared }), splits, batchSize });
}

/** The dataset with its examples as windows of streams, one of each stream after the other. */
export function inStreams(dataset: Dataset, streams: number): Dataset {
  return {
    ...dataset,
    streams,
    batch: (indices) => ({
      ...dataset.batch(indices),
      continues: indices.every((index) => index >= streams),
    }),
  };
}

interface Grouped {
  readonly seed: number;
  readonly tasksPerGroup?: number;
  readonly inputs?: number;
  readonly batchSize?: number;
}

/** The synthetic benchmark, small: two groups of stacked linear tasks, too few samples for each alone. */
export function groupedTask({ seed, tasksPerGroup = 2, inputs = 4, batchSize = 6 }: Grouped): Task {
  const { splits } = kangRegression({
    random: createRandom(seed),
    ...{
      groups: 2,
      tasksPerGroup,
      inputs,
      train: 6,
      validation: 4,
      test: 8,
      decades: 0.5,
      scale: 2.5,
    },
  });
  const architecture = linearRegression({ tasks: 2 * tasksPerGroup, inputs });
  return taskOf("grouped", { architecture, splits, batchSize });
}

function taskOf(name: string, parts: Pick<Task, "architecture" | "splits" | "batchSize">): Task {
  return { name, ...parts, loss: meanSquaredError, metric: rootMeanSquaredError };
}

/** The task with `watch` told the numbers of the examples of each batch, by split. */
export function watched(
  task: Task,
  watch: (split: keyof Splits, indices: Int32Array) => void,
): Task {
  const watching = (split: keyof Splits): Dataset => ({
    ...task.splits[split],
    batch(indices) {
      watch(split, indices.slice());
      return task.splits[split].batch(indices);
    },
  });
  const splits = {
    train: watching("train"),
    validation: watching("validation"),
    test: watching("test"),
  };
  return { ...task, splits };
}
