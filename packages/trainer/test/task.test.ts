import { arrayDataset, type Dataset, type Splits } from "@muir/data";
import { leNet, type ParameterSpec, stackedLstm } from "@muir/models";
import {
  createTraining,
  crossEntropy,
  perplexity,
  rootMeanSquaredError,
  type Task,
} from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { affineTask, groupedTask } from "./tiny-tasks.js";
import { unlikeTasks } from "./unlike-tasks.js";

const task = affineTask({ seed: 1, inputs: 3, outputs: 2 });
const settings = { block: [2, 2] } as const;

const withSplit = (split: keyof Splits, dataset: Dataset): Task => ({
  ...task,
  splits: { ...task.splits, [split]: dataset },
});

/** Zeros of these shapes. */
function zeros({ inputs, targets }: { inputs: number[]; targets: number[] }): Dataset {
  const filled = (shape: number[]) => ({
    shape,
    data: new Float32Array(shape.reduce((product, size) => product * size, 1)),
  });
  return arrayDataset({ name: "zeros", inputs: filled(inputs), targets: filled(targets) });
}

const [vision, language, genomics] = unlikeTasks({ seed: 1 }) as [Task, Task, Task];

/** Images of zeros, labelled with zeros. */
function images(labels: number[], Labels: typeof Int32Array | typeof Float32Array): Dataset {
  const size = labels.reduce((product, side) => product * side, 1);
  return arrayDataset({
    name: "images",
    inputs: { shape: [8, 10, 10, 1], data: new Float32Array(800) },
    targets: { shape: labels, data: new Labels(size) },
  });
}

/** The split with inputs that are no whole numbers, and not said to be. */
function realInputs({ symbols, ...dataset }: Dataset): Dataset {
  return {
    ...dataset,
    batch(indices) {
      const { inputs, ...batch } = dataset.batch(indices);
      return { ...batch, inputs: { ...inputs, data: Float32Array.from(inputs.data) } };
    },
  };
}

describe("createTraining", () => {
  let before = 0;
  beforeEach(() => {
    before = tf.memory().numTensors;
  });
  afterEach(() => {
    expect(tf.memory().numTensors).toBe(before); // what was refused owns nothing
  });

  const refused: [string, readonly Task[], string][] = [
    ["no task", [], "tasks must hold at least one task; got none."],
    ["two tasks of one name", [task, task], 'its own name; got "affine" twice.'],
    [
      "other inputs",
      [withSplit("train", zeros({ inputs: [5, 4], targets: [5, 2] }))],
      'inputs of the train split of task "affine" must be [3], as its architecture "affine" declares; got [4].',
    ],
    [
      "other targets",
      [withSplit("test", zeros({ inputs: [5, 3], targets: [5, 1] }))],
      'targets of the test split of task "affine" must be [2], as its loss "meanSquaredError" takes them for outputs [2]; got [1].',
    ],
    [
      "another number of stacked tasks",
      [{ ...groupedTask({ seed: 1 }), splits: groupedTask({ seed: 1, tasksPerGroup: 3 }).splits }],
      'tasks of the train split of task "grouped" must be 4, as its architecture "linear-regression" declares; got 6.',
    ],
    [
      "an empty split",
      [withSplit("validation", zeros({ inputs: [0, 3], targets: [0, 2] }))],
      'the validation split of task "affine" must hold an example; got 0.',
    ],
    [
      "data of unlike examples",
      [
        withSplit("train", {
          ...task.splits.train,
          batch: () => task.splits.train.batch(Int32Array.of(0, 1)),
        }),
      ],
      'a batch of one example of the train split of task "affine" must have inputs [1,3], as the dataset declares; got [2,3].',
    ],
    [
      "labels of the wrong shape",
      [{ ...vision, splits: { ...vision.splits, train: images([8, 3], Int32Array) } }],
      'targets of the train split of task "vision" must be [], as its loss "crossEntropy" takes them for outputs [3]; got [3].',
    ],
    [
      "more labels than classes",
      [{ ...vision, architecture: leNet({ inputShape: [10, 10, 1], classes: 2 }) }],
      'targets of the train split of task "vision" must be labels from 0 to 1, as its loss "crossEntropy" takes them for outputs [2]; got 3 different ones.',
    ],
    [
      "more words than the vocabulary",
      [{ ...language, architecture: stackedLstm({ vocabulary: 5, time: 3, units: 4 }) }],
      'inputs of the train split of task "language" must be symbols from 0 to 4, as its architecture "stacked-lstm" declares; got 7 different ones.',
    ],
    [
      "another time",
      [{ ...language, architecture: stackedLstm({ vocabulary: 7, time: 4, units: 4 }) }],
      'inputs of the train split of task "language" must be [4], as its architecture "stacked-lstm" declares; got [3].',
    ],
    [
      "a metric of other targets than the loss's",
      [{ ...vision, metric: rootMeanSquaredError }],
      'targets of the train split of task "vision" must be [3], as its metric "rmse" takes them for outputs [3]; got [].',
    ],
    [
      "a metric that follows from another loss",
      [{ ...task, metric: perplexity }],
      'metric "perplexity" of task "affine" follows from the loss "crossEntropy"; got the loss "meanSquaredError".',
    ],
    [
      "logits without classes",
      [{ ...task, architecture: { ...task.architecture, outputShape: [] }, loss: crossEntropy }],
      "must be logits, [..., classes]; got [].",
    ],
    [
      "another batch size than there are streams",
      [{ ...language, batchSize: 3 }],
      'batchSize of task "language" must be 2, the streams that its train split is read in; got 3.',
    ],
    [
      "streams with half a window at the end",
      [{ ...language, splits: { ...language.splits, test: { ...language.splits.test, size: 7 } } }],
      'the test split of task "language" must hold whole windows of its 2 streams, or the last batch would be smaller than the state; got 7 examples.',
    ],
    ["half an example", [{ ...task, batchSize: 0.5 }], 'batchSize of task "affine" must be a'],
    [
      "no weight",
      [{ ...task, weight: 0 }],
      'weight of task "affine" must be a positive number; got 0.',
    ],
  ];
  test.each(refused)("refuses %s", (_, tasks, message) => {
    expect(() => createTraining(tasks, settings)).toThrow(message);
    expect(() => createTraining(tasks, settings)).toThrow(RangeError);
  });

  const wrongTypes: [string, Task, string][] = [
    [
      "labels that are real numbers",
      { ...vision, splits: { ...vision.splits, validation: images([8], Float32Array) } },
      'targets of the validation split of task "vision" must be labels, an Int32Array or Uint8Array, as its loss "crossEntropy" takes them; got a Float32Array.',
    ],
    [
      "symbols that are real numbers",
      { ...genomics, splits: { ...genomics.splits, train: realInputs(genomics.splits.train) } },
      'inputs of the train split of task "genomics" must be symbols, an Int32Array or Uint8Array, as its architecture "deepbind-4" declares; got a Float32Array.',
    ],
  ];
  test.each(wrongTypes)("refuses %s", (_, task, message) => {
    expect(() => createTraining([task], settings)).toThrow(message);
    expect(() => createTraining([task], settings)).toThrow(TypeError);
  });

  test("takes unlike tasks together, and fewer words than the vocabulary", () => {
    const architecture = stackedLstm({ vocabulary: 9, time: 3, units: 4 });
    createTraining([vision, { ...language, architecture }, genomics], settings).dispose();
  });

  test("refuses to share where no parameter can be generated", () => {
    const closed = affineTask({ seed: 1, inputs: 3, outputs: 2, shared: false });
    expect(() => createTraining([closed], settings)).toThrow(
      "at least one parameter must have a kind; got none.",
    );
    createTraining([closed], { ...settings, sharing: "none" }).dispose();
  });

  test("refuses to search where there is one location", () => {
    const block = [3, 2] as const;
    expect(() => createTraining([task], { block })).toThrow(
      "a search needs at least two locations to share between; got 1.",
    );
    createTraining([task], { block, selection: "none" }).dispose();
  });

  test("refuses to generate a parameter that starts constant", () => {
    const { weight, bias } = task.architecture.parameters as Record<string, ParameterSpec>;
    const parameters = { weight: { ...weight!, initial: { constant: 1 } }, bias: bias! };
    const architecture = { ...task.architecture, parameters };
    expect(() => createTraining([{ ...task, architecture }], settings)).toThrow(
      'parameter "weight" of task "affine" must start normal around 0 to be generated; got the constant 1. Leave out its kind to keep it private.',
    );
    const around = { ...weight!, initial: { standardDeviation: 0.1, mean: 2 } };
    const shifted = { ...task.architecture, parameters: { weight: around, bias: bias! } };
    expect(() => createTraining([{ ...task, architecture: shifted }], settings)).toThrow(
      "got a mean of 2.",
    );
  });

  test("draws a private parameter around its mean", () => {
    const { weight, bias } = task.architecture.parameters as Record<string, ParameterSpec>;
    const around = { shape: weight!.shape, initial: { standardDeviation: 0.001, mean: 2 } };
    const architecture = { ...task.architecture, parameters: { weight: around, bias: bias! } };
    const training = createTraining([{ ...task, architecture }], { ...settings, sharing: "none" });
    const weights = training.weights();
    for (const value of weights[task.name]!["weight"]!.dataSync()) expect(value).toBeCloseTo(2, 1);
    tf.dispose(weights);
    training.dispose();
  });

  test("refuses an alignment that does not fit the locations", () => {
    const given = { ...settings, initialAlignment: "given", modules: 2 } as const;
    expect(() => createTraining([task], { ...given, alignment: [0] })).toThrow(
      "alignment must have one entry for each of the 2 locations; got 1.",
    );
    expect(() => createTraining([task], { ...given, alignment: [0, 2] })).toThrow(
      "alignment must hold integers from 0 to 1; got 2 at location 1.",
    );
  });
});
