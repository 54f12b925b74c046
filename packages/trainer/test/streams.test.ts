import { arrayDataset } from "@muir/data";
import { stackedLstm } from "@muir/models";
import type { Task, TrainingSettings } from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compute, standardOps } from "./backends.js";
import { affineTask, inStreams } from "./tiny-tasks.js";
import { allEvents, quick, withTraining } from "./trainings.js";
import { languageTask } from "./unlike-tasks.js";

beforeAll(() => compute("fused kernels on cpu"));
afterAll(standardOps);

const settings: Partial<TrainingSettings> = { ...quick, block: [2, 1] };

/** The task, with `watch` told the inputs and the state of each forward pass. */
function watchedStates(
  task: Task,
  watch: (pass: { training: boolean; inputs: tf.Tensor; state: Record<string, tf.Tensor> }) => void,
): Task {
  const { architecture } = task;
  return {
    ...task,
    architecture: {
      ...architecture,
      apply(parameters, inputs, context) {
        watch({ training: context.training, inputs, state: context.state });
        return architecture.apply(parameters, inputs, context);
      },
    },
  };
}

/** How many batches of its stream a pass has seen before, in training and in validation. */
async function seenBy(task: Task, given: Partial<TrainingSettings> = {}) {
  const seen = { train: [] as number[], validation: [] as number[] };
  const watched = watchedStates(task, ({ training, state }) => {
    seen[training ? "train" : "validation"].push(state["seen"]!.dataSync()[0]!);
  });
  await withTraining([watched], { ...settings, ...given }, allEvents);
  return seen;
}

describe("the state of a stream", () => {
  test("goes on from step to step and generation to generation, and starts anew with each epoch", async () => {
    // 12 examples in 3 streams: an epoch is 4 windows, a generation 3 steps
    const task = affineTask({ seed: 1, inputs: 2, outputs: 2, streams: 3 });
    const { train } = await seenBy(task, { burnIn: 1, generations: 2, finalGenerations: 1 });
    expect(train).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3]);
  });

  test("starts anew with each validation, and leaves training's alone", async () => {
    const task = affineTask({ seed: 1, inputs: 2, outputs: 2, streams: 3 });
    const given = { generations: 2, finalGenerations: 0, stepsPerGeneration: 2 };
    const { train, validation } = await seenBy(task, given);
    expect(validation).toEqual([0, 1, 2, 3, 0, 1, 2, 3]);
    expect(train).toEqual([0, 1, 2, 3]);
  });

  test("starts anew with each batch of examples that stand alone", async () => {
    const task = affineTask({ seed: 1, inputs: 2, outputs: 2, batchSize: 4 });
    const { train, validation } = await seenBy(task);
    expect(new Set([...train, ...validation])).toEqual(new Set([0]));
  });

  test("is as wide as a last batch that is smaller", async () => {
    const examples = arrayDataset({
      name: "sentences",
      inputs: { shape: [5, 3], data: Int32Array.from({ length: 15 }, (_, i) => i % 7) },
      targets: { shape: [5, 3], data: Int32Array.from({ length: 15 }, (_, i) => (2 * i) % 7) },
    });
    const splits = { train: examples, validation: examples, test: examples };
    const sizes: number[] = [];
    const task = watchedStates({ ...languageTask({ seed: 1 }), splits }, ({ inputs, state }) => {
      expect(state["lstm1.hidden"]!.shape[0]).toBe(inputs.shape[0]);
      sizes.push(inputs.shape[0]!);
    });
    const once = { ...settings, generations: 1, finalGenerations: 0, stepsPerGeneration: 2 };
    await withTraining([task], once, allEvents);
    expect(sizes).toEqual([2, 2, 2, 2, 1]);
  });

  test("is that of as many streams as a split has", async () => {
    const task = affineTask({ seed: 1, inputs: 2, outputs: 2, streams: 3 });
    const validation = inStreams(affineTask({ seed: 2, inputs: 2, outputs: 2 }).splits.train, 2);
    const { train, validation: seen } = await seenBy(
      { ...task, splits: { ...task.splits, validation } },
      { generations: 1, finalGenerations: 0 },
    );
    expect(train).toEqual([0, 1, 2]);
    expect(seen).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

describe("a text", () => {
  test("is read window after window, in order", async () => {
    const task = languageTask({ seed: 3 });
    const windows: number[][][] = [];
    const watched = watchedStates(task, ({ training, inputs }) => {
      if (training) windows.push(inputs.arraySync() as number[][]);
    });
    const once = { ...settings, generations: 1, finalGenerations: 0, stepsPerGeneration: 5 };
    await withTraining([watched], once, allEvents);
    const { train } = task.splits;
    const all = train.batch(Int32Array.from({ length: train.size }, (_, i) => i)).inputs;
    const expected = tf.tensor3d(all.data as Int32Array, [4, 2, 3]).arraySync();
    expect(windows).toEqual([...expected, expected[0]]);
  });

  test("in windows costs what it costs in one piece", async () => {
    const task = languageTask({ seed: 4 });
    await withTraining([task], { ...settings, generations: 2 }, async (training) => {
      await allEvents(training);
      const { loss, metric } = (await training.evaluate("validation"))["language"]!;
      const { validation } = task.splits;
      const all = validation.batch(Int32Array.from({ length: validation.size }, (_, i) => i));
      // four windows of two streams of three words: two rows of twelve
      const inOneRow = ({ data }: typeof all.inputs) => {
        const windows = tf.tensor3d(data as Int32Array, [4, 2, 3], "int32");
        return tf.reshape(tf.transpose(windows, [1, 0, 2]), [2, 12]);
      };
      const whole = stackedLstm({ vocabulary: 7, time: 12, layers: 2, units: 4, dropout: 0 });
      const context = { training: false, random: () => 0, state: whole.initialState!(2) };
      const weights = training.weights()["language"]!;
      const { outputs } = whole.apply(weights, inOneRow(all.inputs), context);
      const expected = task.loss.of(outputs, inOneRow(all.targets), 1).dataSync()[0]!;
      expect(loss[0]).toBeCloseTo(expected, 5);
      expect(metric[0]).toBeCloseTo(Math.exp(expected), 4);
    });
  });
});
