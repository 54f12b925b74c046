import { arrayDataset, type Dataset, type Splits } from "@muir/data";
import type { ParameterSpec } from "@muir/models";
import { createTraining, type Task } from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { affineTask, groupedTask } from "./tiny-tasks.js";

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
      'targets of the test split of task "affine" must be [2], as its architecture "affine" declares; got [1].',
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
      'parameter "weight" of task "affine" must start normal to be generated; got the constant 1.',
    );
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
