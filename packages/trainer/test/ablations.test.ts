import { law } from "@muir/test-kit";
import type { TrainingSettings } from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { compute, standardOps } from "./backends.js";
import { affineTask, groupedTask } from "./tiny-tasks.js";
import { outcome, quick, withTraining } from "./trainings.js";

/** Settings that the paper's Table 7, or a comparison of our own, changes one at a time. */
const cases: fc.Arbitrary<Partial<TrainingSettings>> = fc
  .record({
    contextSize: fc.constantFrom(0, 1, 2, 4, 8),
    initialAlignment: fc.constantFrom("disjoint", "hierarchical", "random"),
    selection: fc.constantFrom("belief", "random", "none"),
    lambda: fc.integer({ min: 1, max: 8 }),
    fraction: fc.constantFrom(0.1, 0.5, 1),
    sampling: fc.constantFrom("proportional", "uniform"),
    adapterRank: fc.integer({ min: 0, max: 2 }),
    moduleDeviation: fc.constantFrom(null, 0.1),
    alpha: fc.constantFrom(null, 0.5, 0.95),
    seed: fc.noShrink(fc.nat({ max: 1_000_000 })),
  })
  .map((settings) => {
    const isRefused = settings.contextSize === 0 && settings.selection === "none";
    return {
      ...settings,
      ...(settings.contextSize === 0 && { moduleDeviation: null }),
      ...(isRefused && { initialAlignment: "hierarchical" }),
    } as Partial<TrainingSettings>;
  });

const tasks = () => [groupedTask({ seed: 1 }), affineTask({ seed: 2, inputs: 4, outputs: 3 })];
const base = { ...quick, block: [2, 2] as const, generations: 3, finalGenerations: 1 };

beforeAll(() => compute("fused kernels on cpu"));
afterAll(standardOps);

describe("every combination of the settings of a search", () => {
  law(
    "trains, the same way for the same seed, and keeps no tensor",
    cases,
    async (given) => {
      const settings = { ...base, ...given };
      const before = tf.memory().numTensors;
      const found = await outcome(tasks(), settings);
      expect(tf.memory().numTensors).toBe(before);
      expect(await outcome(tasks(), settings)).toEqual(found);
      for (const { trainLoss, validationLoss } of found.events) {
        expect(Number.isFinite(trainLoss) && Number.isFinite(validationLoss)).toBe(true);
      }
      const isSettled = found.events.every(({ changedLocations }) => changedLocations === 0);
      if (given.selection === "none") expect(isSettled).toBe(true);
    },
    { runs: 8 },
  );

  law(
    "learns: a longer training has a lower loss",
    cases,
    async (given) => {
      const longer = { generations: 4, finalGenerations: 2, stepsPerGeneration: 12 };
      const settings = { ...base, ...given, ...longer };
      await withTraining(tasks(), settings, async (training) => {
        const first = await training.evaluate("train");
        for await (const _ of training.generations());
        const last = await training.evaluate("train");
        const total = (losses: typeof first) =>
          Object.values(losses)
            .flatMap(({ loss }) => loss)
            .reduce((sum, loss) => sum + loss, 0);
        expect(total(last)).toBeLessThan(0.8 * total(first));
      });
    },
    { runs: 5 },
  );
});
