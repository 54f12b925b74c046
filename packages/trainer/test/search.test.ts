import { law } from "@muir/test-kit";
import { firstSoftWeights, type TrainingSettings } from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compute, standardOps } from "./backends.js";
import { affineTask, groupedTask } from "./tiny-tasks.js";
import { allEvents, quick, tensorOf, withTraining } from "./trainings.js";
import { watchGenerator } from "./watch-generator.js";

beforeAll(() => compute("fused kernels on cpu"));
afterAll(standardOps);

describe("firstSoftWeights", () => {
  test("give every candidate the same belief where alpha is null", () => {
    expect(firstSoftWeights(3, null)).toEqual([0, 0, 0, 0]);
  });

  law(
    "give the challengers together the belief alpha",
    fc.record({
      lambda: fc.integer({ min: 1, max: 9 }),
      alpha: fc.double({ min: 0.001, max: 0.999, noNaN: true }),
    }),
    ({ lambda, alpha }) => {
      const beliefs = tf.softmax(tf.tensor1d(firstSoftWeights(lambda, alpha)));
      const expected = [1 - alpha, ...Array<number>(lambda).fill(alpha / lambda)];
      expect(beliefs).toBeCloseToTensor(tf.tensor1d(expected));
    },
  );
});

describe("a search", () => {
  /** What challengers are believed together at the first step of each generation. */
  async function firstBeliefs(settings: Partial<TrainingSettings>) {
    const task = groupedTask({ seed: 1 });
    const all = { ...quick, finalGenerations: 0, stepsPerGeneration: 3, ...settings };
    return withTraining([task], all, async (training) => {
      const generator = watchGenerator();
      await allEvents(training).finally(generator.restore);
      const searching = generator.calls.filter(({ softWeights }) => softWeights.length > 0);
      return searching
        .filter((_, call) => call % 3 === 0)
        .map(({ softWeights }) => {
          const beliefs = tf.softmax(tf.tensor2d(softWeights as number[][]));
          return tf.sub(1, tf.slice(beliefs, [0, 0], [-1, 1])).dataSync()[0]!;
        });
    });
  }

  test("starts each generation from the same soft weights, whatever the last one learned", async () => {
    const found = await firstBeliefs({ alpha: 0.75, generations: 3 });
    expect(tf.tensor1d(found)).toBeCloseToTensor(tf.tensor1d([0.75, 0.75, 0.75]));
  });

  test("moves alpha to its final value over the second half, in steps of log-odds", async () => {
    const found = await firstBeliefs({ alpha: 0.9, finalAlpha: 0.5, generations: 4, burnIn: 2 });
    // odds of 9 : 1, their square root, 1 : 1
    expect(tf.tensor1d(found)).toBeCloseToTensor(tf.tensor1d([0.9, 0.9, 0.75, 0.5]));
  });

  test("leaves alpha where it is without a final one", async () => {
    const found = await firstBeliefs({ alpha: 0.9, finalAlpha: null, generations: 4 });
    expect(tf.tensor1d(found)).toBeCloseToTensor(tf.tensor1d([0.9, 0.9, 0.9, 0.9]));
  });
});

describe("revived modules", () => {
  const revival: Partial<TrainingSettings> = {
    ...{ ...quick, lambda: 1, fraction: 1, reviveProbability: 1 },
    ...{ generations: 1, finalGenerations: 0, stepsPerGeneration: 1 },
  };

  test("start with the deviation that their layers were designed for", async () => {
    const task = affineTask({ seed: 1, inputs: 16, outputs: 8 }); // 2 locations of 16 x 4
    const start = { initialAlignment: "given", alignment: [0, 0], modules: 40 } as const;
    const settings = { ...revival, ...start, block: [16, 4] as const, learningRate: 1e-9 };
    for (const contextSize of [0, 1, 4]) {
      await withTraining([task], { ...settings, contextSize }, async (training) => {
        const before = tensorOf((await training.snapshot("latest"))!, "bank/modules");
        await allEvents(training);
        const after = tensorOf((await training.snapshot("latest"))!, "bank/modules");
        const change = tf.max(tf.abs(tf.sub(after, before)), [1, 2, 3]).dataSync();
        const redrawn = [...change.keys()].filter((module) => change[module]! > 1e-6);
        expect(redrawn.length).toBe(2); // one for each location
        const deviation = (tensor: tf.Tensor) =>
          Math.sqrt(tf.mean(tf.square(tensor)).dataSync()[0]!);
        const ratio = deviation(tf.gather(after, redrawn)) / deviation(before);
        expect(ratio).toBeGreaterThan(0.8); // 128 c entries: a standard error of 6 %
        expect(ratio).toBeLessThan(1.2);
      });
    }
  });

  test("start without the moments of their former life", async () => {
    const task = groupedTask({ seed: 2, tasksPerGroup: 3 });
    const settings = { ...revival, generations: 12, selection: "random" } as const;
    await withTraining([task], settings, async (training) => {
      const generator = watchGenerator();
      const retired = new Set<number>();
      let checked = 0;
      let before = training.alignment();
      for await (const event of training.generations()) {
        const { candidates } = generator.calls.at(-2)!; // the last call validated
        const used = new Set(before);
        const snapshot = (await training.snapshot("latest"))!;
        const first = tensorOf(snapshot, "adam/modules/first").arraySync() as number[][][][];
        const second = tensorOf(snapshot, "adam/modules/second").arraySync() as number[][][][];
        for (const module of new Set(candidates.challengers)) {
          if (used.has(module) || !retired.has(module)) continue;
          checked += 1;
          // after one step m = 0.1 g and v = 0.001 g^2, if there were none before
          const m = first[module]!.flat(3);
          const v = second[module]!.flat(3);
          expect(tf.square(tf.tensor1d(m))).toBeCloseToTensor(tf.mul(tf.tensor1d(v), 10), {
            rtol: 1e-3,
            atol: 1e-12,
          });
        }
        for (const module of before) if (!event.alignment.includes(module)) retired.add(module);
        before = event.alignment;
      }
      generator.restore();
      expect(checked).toBeGreaterThan(5); // else this test shows nothing
    });
  });
});
