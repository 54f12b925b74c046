import { GENERATE_BLOCKS, GENERATE_BLOCKS_GRADIENT } from "@muir/hypermodule";
import type { TrainingSettings } from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compute, standardOps } from "./backends.js";
import { affineTask, groupedTask } from "./tiny-tasks.js";
import { allEvents, quick, withTraining } from "./trainings.js";
import { watchGenerator } from "./watch-generator.js";

/** The name of each kernel that a whole training runs, in order, and the shapes of what it writes. */
async function kernelsOf(
  tasks: Parameters<typeof withTraining>[0],
  settings: Partial<TrainingSettings>,
) {
  return withTraining(tasks, settings, async (training) => {
    const { kernels } = await tf.profile(async () => {
      await allEvents(training);
      return [];
    });
    return kernels.map(({ name, outputShapes }) => ({ name, shapes: outputShapes as number[][] }));
  });
}

describe("the generator in training", () => {
  beforeAll(() => compute("fused kernels on cpu"));
  afterAll(standardOps);

  test("runs forward and backward once a step, however many tasks there are", async () => {
    const tasks = [1, 2, 3].map((seed) =>
      affineTask({ seed, name: `task ${seed}`, inputs: 2, outputs: 2 }),
    );
    const settings = { ...quick, generations: 1, finalGenerations: 0, stepsPerGeneration: 5 };
    const names = (await kernelsOf(tasks, settings)).map(({ name }) => name);
    const count = (kernel: string) => names.filter((name) => name === kernel).length;
    expect(count(GENERATE_BLOCKS_GRADIENT)).toBe(5);
    expect(count(GENERATE_BLOCKS)).toBe(5 + 1); // the last one to validate with
  });

  test("mixes candidates in the steps of a search and nowhere else", async () => {
    const settings = { ...quick, burnIn: 1, generations: 1, finalGenerations: 1, fraction: 0.6 };
    const task = groupedTask({ seed: 3 });
    await withTraining([task], settings, async (training) => {
      const generator = watchGenerator();
      await allEvents(training).finally(generator.restore);
      // 4 locations: ceil(0.6 * 4) compete; each generation validates without them
      const listed = generator.calls.map(({ candidates }) => candidates.locations.length);
      expect(listed).toEqual([0, 0, 0, 0, 3, 3, 3, 0, 0, 0, 0, 0]);
    });
  });
});

describe("memory", () => {
  test("holds the graph of one task at a time", async () => {
    /** The most bytes at once while `count` tasks of 1000 examples train and validate. */
    const peak = async (count: number) => {
      const tasks = Array.from({ length: count }, (_, i) =>
        affineTask({ seed: i, name: `task ${i}`, inputs: 2, outputs: 2, examples: 1000 }),
      );
      const settings = { ...quick, generations: 1, finalGenerations: 0, block: [2, 1] } as const;
      return withTraining(tasks, settings, async (training) => {
        const { peakBytes } = await tf.profile(async () => {
          await allEvents(training);
          return [];
        });
        return peakBytes;
      });
    };
    const data = 2 * 1000 * (2 + 2) * 4; // train and validation batches of one task
    const one = await peak(1);
    expect(one).toBeGreaterThan(2 * data); // else this test shows nothing
    expect(await peak(4)).toBeLessThan(one + 3 * 1.1 * data);
  });
});

describe("the cost of generating", () => {
  beforeAll(() => compute("standard ops on cpu"));

  /** Numbers that the kernels of one generation write, with `listed` of 24 locations competing. */
  async function numbersWritten({ lambda, listed }: { lambda: number; listed: number }) {
    const task = groupedTask({ seed: 1, tasksPerGroup: 12, inputs: 8 });
    const kernels = await kernelsOf([task], {
      ...{ ...quick, lambda, fraction: listed / 24, block: [8, 1], contextSize: 4 },
      ...{ generations: 1, finalGenerations: 0, stepsPerGeneration: 2 },
    });
    return kernels
      .flatMap(({ shapes }) => shapes)
      .reduce((sum, shape) => sum + tf.util.sizeFromShape(shape), 0);
  }

  test("grows with the candidates that compete, not with those that could", async () => {
    const few = await numbersWritten({ lambda: 1, listed: 1 });
    expect(await numbersWritten({ lambda: 8, listed: 1 })).toBeLessThan(1.5 * few);
    expect(await numbersWritten({ lambda: 8, listed: 24 })).toBeGreaterThan(2 * few);
  });
});
