import { createTraining, type Task, type TrainingSettings } from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { affineTask, groupedTask } from "./tiny-tasks.js";
import { allEvents, outcome, quick, tensorOf, withTraining } from "./trainings.js";
import { unlikeTasks, visionTask } from "./unlike-tasks.js";

const classical: Partial<TrainingSettings> = {
  ...{ ...quick, contextSize: 0, initialAlignment: "hierarchical", selection: "none" },
  ...{ block: [2, 2], generations: 3, finalGenerations: 0, stepsPerGeneration: 10 },
};
const adapters: Partial<TrainingSettings> = { ...classical, adapterRank: 1 };

/** Two affine tasks of unlike shapes, with 4 and 6 locations of 2 x 2. */
const pair = (): Task[] => [
  affineTask({ seed: 1, name: "small", inputs: 4, outputs: 4 }),
  affineTask({ seed: 2, name: "large", inputs: 6, outputs: 3 }),
];

describe("classical sharing", () => {
  test("gives location i of every task one block, and has no more of them", async () => {
    await withTraining(pair(), classical, async (training) => {
      expect([...training.alignment()]).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 4, 5]);
      expect(training.modules).toBe(6);
      expect(training.trainedParameters()).toBe(6 * 4 + 4 + 3);
      // the block that only "large" uses at its edge is half a block when it is plain
      expect(training.parameters()).toBe(5 * 4 + 2 + 4 + 3);
      for (const event of await allEvents(training)) {
        expect(event).toMatchObject({ activeModules: 6, changedLocations: 0 });
      }
    });
  });

  test("is refused where there are too few hypermodules for the order, naming the setting", () => {
    for (const selection of ["none", "belief"] as const) {
      expect(() => createTraining(pair(), { ...classical, selection, modules: 5 })).toThrow(
        new RangeError(
          'train: modules must be at least 6, the locations of the longest task, with initialAlignment "hierarchical"; got 5. Leave modules null, or choose another start.',
        ),
      );
    }
  });

  test("follows the layers of an architecture in their order", async () => {
    const [vision] = unlikeTasks({ seed: 1 });
    const tasks = [vision!, { ...visionTask({ seed: 2 }), name: "more vision" }];
    await withTraining(tasks, classical, async ({ alignment, plan }) => {
      const own = plan.locations / 2;
      expect([...alignment()]).toEqual([...Array(2)].flatMap(() => [...Array(own).keys()]));
    });
  });

  test("takes each of several stacked tasks for a task of its own", async () => {
    const settings = { ...classical, block: [4, 1] as const };
    await withTraining([groupedTask({ seed: 1 })], settings, async (training) => {
      expect([...training.alignment()]).toEqual([0, 0, 0, 0]);
      expect(training.modules).toBe(1);
    });
  });

  test("keeps like networks alike while it trains them, but for what is private", async () => {
    const tasks = [3, 4].map((seed) =>
      affineTask({ seed, name: `task ${seed}`, inputs: 4, outputs: 4 }),
    );
    await withTraining(tasks, { ...classical, generations: 6 }, async (training) => {
      const events = await allEvents(training);
      expect(events.at(-1)!.trainLoss).toBeLessThan(0.9 * events[0]!.trainLoss);
      const [one, other] = tasks.map(({ name }) => training.weights()[name]!);
      expect(one!["weight"]!).toBeCloseToTensor(other!["weight"]!, { rtol: 0, atol: 0 });
      expect(one!["bias"]!.arraySync()).not.toEqual(other!["bias"]!.arraySync());
    });
  });

  test("starts no layer larger than it was designed for", async () => {
    const deviation = (weights: tf.Tensor) => Math.sqrt(tf.mean(tf.square(weights)).dataSync()[0]!);
    const tasks = [
      affineTask({ seed: 1, name: "narrow", inputs: 4, outputs: 64 }),
      affineTask({ seed: 2, name: "wide", inputs: 64, outputs: 4 }),
    ];
    await withTraining(tasks, classical, async (training) => {
      const { narrow, wide } = training.weights();
      const designed = Math.sqrt(2 / 64);
      expect(deviation(narrow!["weight"]!) / designed).toBeCloseTo(1, 0);
      expect(deviation(wide!["weight"]!) / designed).toBeCloseTo(1, 0);
    });
  });

  test("is refused for one task, which has nobody to share with", async () => {
    await expect(outcome([pair()[0]!], classical)).rejects.toThrow(
      "at least two tasks must have locations, to share blocks by their order; got one.",
    );
    await outcome([pair()[0]!], { ...classical, contextSize: 1 }); // its scale is its own, at least
  });
});

describe("parallel adapters", () => {
  test("start as classical sharing, to the bit, and leave it", async () => {
    const weightsOf = (settings: Partial<TrainingSettings>) =>
      withTraining(pair(), settings, async (training) => {
        const before = training.weights()["large"]!["weight"]!.arraySync();
        await allEvents(training);
        return { before, after: training.weights()["large"]!["weight"]!.arraySync() };
      });
    const [shared, adapted] = [await weightsOf(classical), await weightsOf(adapters)];
    expect(adapted.before).toEqual(shared.before);
    expect(adapted.after).not.toEqual(shared.after);
  });

  test("are trained, counted, in snapshots and in the weights", async () => {
    await withTraining(pair(), adapters, async (training) => {
      await allEvents(training);
      // ten locations with 1 x (2 + 2) numbers each
      expect(training.trainedParameters()).toBe(6 * 4 + 10 * 4 + 4 + 3);
      // plain weights are fewer: two that share a block would be 4 + 2 * 4 against 2 * 4 or less
      expect(training.parameters()).toBe(4 * 4 + 6 * 3 + 4 + 3);
      const snapshot = (await training.snapshot("latest"))!;
      const [U, V] = ["bank/adapterIn", "bank/adapterOut"].map((name) => tensorOf(snapshot, name));
      expect([U!.shape, V!.shape]).toEqual([
        [10, 2, 1],
        [10, 1, 2],
      ]);
      expect(Object.keys(snapshot.optimizerSteps)).toContain("adapterIn");
      // the first block of the first task, which is the upper left of its weight
      const H = tf.squeeze(tensorOf(snapshot, "bank/modules"), [1]);
      const block = tf.add(tf.gather(H, 0), tf.matMul(tf.gather(U!, 0), tf.gather(V!, 0)));
      const weight = training.weights()["small"]!["weight"] as tf.Tensor2D;
      expect(tf.slice(weight, [0, 0], [2, 2])).toBeCloseToTensor(block);
      expect(tf.max(tf.abs(V!)).dataSync()[0]).toBeGreaterThan(0.01);
    });
  });

  test("learn as fast as plain weights: a first step is one learning rate", async () => {
    const tasks = [1, 2].map((seed) =>
      affineTask({ seed, name: `task ${seed}`, inputs: 32, outputs: 32 }),
    );
    for (const adapterRank of [1, 4]) {
      const settings = { ...adapters, adapterRank, block: [8, 8] as const, stepsPerGeneration: 1 };
      const still = { ...settings, moduleLearningRate: 1e-12, generations: 1 };
      await withTraining(tasks, still, async (training) => {
        const weight = () => training.weights()["task 1"]!["weight"]!;
        const before = weight();
        await training.generations().next();
        const moved = tf.sqrt(tf.mean(tf.square(tf.sub(weight(), before)))).dataSync()[0]!;
        expect(moved / quick.learningRate!).toBeCloseTo(1, 0);
      });
    }
  });

  test("come to tell apart what is shared exactly", async () => {
    const tasks = [3, 4].map((seed) =>
      affineTask({ seed, name: `task ${seed}`, inputs: 4, outputs: 4 }),
    );
    const longer = { ...classical, generations: 12 };
    const losses = async (settings: Partial<TrainingSettings>) =>
      (await outcome(tasks, settings)).events.at(-1)!.trainLoss;
    const shared = await losses(longer);
    expect(await losses({ ...longer, adapterRank: 2 })).toBeLessThan(0.5 * shared);
  });
});

describe("MUiR within one task", () => {
  test("shares among the layers of its architecture", async () => {
    const settings = { ...quick, block: [2, 2] as const, lambda: 1, softLearningRate: 0.2 };
    const tasks = [visionTask({ seed: 1 })];
    const { events } = await outcome(tasks, settings);
    const { alignment, activeModules, parameters } = events.at(-1)!;
    expect(activeModules).toBeLessThan(alignment.length);
    const unshared = (await outcome(tasks, { ...settings, selection: "none" })).events.at(-1)!;
    expect(unshared.activeModules).toBe(alignment.length);
    expect(parameters).toBeLessThan(unshared.parameters);
  });
});

describe("every combination of tasks", () => {
  const unlike = unlikeTasks({ seed: 1 });
  const subsets = [1, 2, 3, 4, 5, 6, 7].map((set) => unlike.filter((_, i) => (set >> i) & 1));
  const methods = { muir: { ...quick, block: [2, 2] as const }, classical, adapters };
  const cases = subsets.flatMap((tasks) =>
    Object.entries(methods)
      .filter(([method]) => tasks.length > 1 || method === "muir")
      .map(([method, settings]) => ({
        name: `${method} of ${tasks.map(({ name }) => name).join(", ")}`,
        ...{ tasks, settings },
      })),
  );

  test.each(cases)("$name", async ({ tasks, settings }) => {
    const short = { generations: 1, finalGenerations: 0, stepsPerGeneration: 2 };
    const { events } = await outcome(tasks, { ...settings, ...short });
    expect(Object.keys(events[0]!.tasks)).toEqual(tasks.map(({ name }) => name));
    expect(Number.isFinite(events[0]!.validationLoss)).toBe(true);
  });
});
