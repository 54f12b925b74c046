import { law } from "@muir/test-kit";
import { createTraining, type TrainingSettings } from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { affineTask, groupedTask } from "./tiny-tasks.js";
import { outcome, quick, withTraining } from "./trainings.js";

const alone: Partial<TrainingSettings> = {
  ...{ ...quick, selection: "none", block: [2, 2], generations: 1, finalGenerations: 0 },
  stepsPerGeneration: 1,
};
const still = 1e-12; // a learning rate that moves nothing

/** How much each weight is moved by the first step, and what it was. */
async function firstMove(settings: Partial<TrainingSettings>) {
  const task = affineTask({ seed: 3, inputs: 4, outputs: 4 });
  return withTraining([task], settings, async (training) => {
    const before = training.weights()["affine"]!["weight"]!;
    await training.generations().next();
    const after = training.weights()["affine"]!["weight"]!;
    return { before, moved: tf.sub(after, before) };
  });
}

describe("moduleDeviation", () => {
  law(
    "starts with the same weights and moves them the faster the smaller it is",
    fc.record({
      contextSize: fc.integer({ min: 1, max: 4 }),
      factor: fc.constantFrom(0.1, 0.5, 2),
      seed: fc.noShrink(fc.nat({ max: 1_000_000 })),
    }),
    async ({ contextSize, factor, seed }) => {
      const settings = { ...alone, contextSize, seed, contextLearningRate: still };
      const usual = await firstMove(settings);
      const moduleDeviation = factor / Math.sqrt(contextSize);
      const split = await firstMove({ ...settings, moduleDeviation });
      expect(split.before).toBeCloseToTensor(usual.before, { rtol: 1e-5, atol: 1e-6 });
      // Adam's first step is one rate long, whatever the gradient
      expect(tf.mul(split.moved, factor)).toBeCloseToTensor(usual.moved, {
        ...{ rtol: 1e-2, atol: 1e-5 },
      });
      // c entries of a module move by the rate, each times |z| = sigma / (sqrt(c) sigma_H) = sigma / factor
      const size = (settings.learningRate! * contextSize * Math.sqrt(2 / 4)) / factor;
      expect(tf.mean(tf.abs(split.moved)).dataSync()[0]! / size).toBeCloseTo(1, 2);
    },
    { runs: 20 },
  );

  test("is drawn with by modules that are drawn anew", async () => {
    const settings = { ...quick, generations: 12, reviveProbability: 1, stepsPerGeneration: 1 };
    const deviations = { moduleDeviation: 0.01, moduleLearningRate: still };
    const { events, snapshot } = await outcome([groupedTask({ seed: 1 })], {
      ...{ ...settings, ...deviations, finalGenerations: 0, selection: "random" },
    });
    expect(new Set(events.map(({ activeModules }) => activeModules)).size).toBeGreaterThan(1);
    const { data } = snapshot.tensors["bank/modules"]!;
    expect(Math.max(...data.map(Math.abs))).toBeLessThan(0.05);
  });

  test("holds for pretrained weights too", () => {
    const task = affineTask({ seed: 3, inputs: 4, outputs: 4 });
    const start = { weight: tf.fill([4, 4], 0.3), bias: tf.zeros([4]) };
    const training = createTraining([{ ...task, start }], { ...alone, moduleDeviation: 0.02 });
    const { weight } = training.weights()["affine"]!;
    training.dispose();
    expect(weight!).toBeCloseToTensor(start.weight, { rtol: 1e-5, atol: 0 });
  });
});

describe("learning rates of modules and contexts", () => {
  test("left out are the learning rate, to the bit", async () => {
    const task = groupedTask({ seed: 1 });
    const settings = { ...quick, contextSize: 4 };
    const named = { moduleLearningRate: 0.05, contextLearningRate: 0.05, moduleDeviation: 0.5 };
    expect(await outcome([task], { ...settings, ...named })).toEqual(
      await outcome([task], settings),
    );
  });

  test.each([
    [{ moduleLearningRate: still }, "bank/contexts"],
    [{ contextLearningRate: still }, "bank/modules"],
  ])("%j leaves only %s moving", async (rates, moving) => {
    const task = affineTask({ seed: 3, inputs: 4, outputs: 4 });
    await withTraining([task], { ...alone, ...rates }, async (training) => {
      const before = (await training.snapshot("latest"))!;
      await training.generations().next();
      const after = (await training.snapshot("latest"))!;
      const moved = ["bank/contexts", "bank/modules"].filter(
        (name) =>
          tf
            .max(tf.abs(tf.sub(before.tensors[name]!.data, after.tensors[name]!.data)))
            .dataSync()[0]! > 1e-6,
      );
      expect(moved).toEqual([moving]);
    });
  });
});
