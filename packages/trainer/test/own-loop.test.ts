import { settled } from "@muir/hypermodule";
import { createRandom } from "@muir/random";
import {
  completeSettings,
  createNetwork,
  createState,
  disposeState,
  trainStep,
} from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { affineTask } from "./tiny-tasks.js";

test("a loop of one's own needs nothing but what is exported, and owns what it makes", () => {
  const task = affineTask({ seed: 1, name: "line", inputs: 4, outputs: 2 });
  const before = tf.memory().numTensors;
  const network = createNetwork([task], completeSettings({ block: [4, 1], learningRate: 0.05 }));
  const state = createState(network, createRandom(1));
  const candidates = settled(state.alignment);
  const { inputs, targets } = task.splits.train.batch(Int32Array.of(0, 1, 2, 3));
  const tensors = {
    inputs: tf.tensor(inputs.data, [...inputs.shape]),
    targets: tf.tensor(targets.data, [...targets.shape]),
  };
  const batch = { ...tensors, size: 4, continues: false };
  const random = { line: () => 0.5 };
  const losses = Array.from({ length: 60 }, () => {
    const step = trainStep(network, state, { candidates, batches: [batch], random });
    const [loss] = step.losses[0]!.dataSync();
    tf.dispose([...step.losses]);
    return loss!;
  });
  expect(losses.at(-1)).toBeLessThan(losses[0]! / 4);
  disposeState(state);
  tf.dispose([tensors.inputs, tensors.targets]);
  expect(tf.memory().numTensors).toBe(before);
});
