import { sameGrouping } from "@muir/ea";
import type { GenerationEvent, Task, TrainingSettings } from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compute, standardOps } from "./backends.js";
import { affineTask, groupedTask, watched } from "./tiny-tasks.js";
import { allEvents, outcome, quick, total, withTraining } from "./trainings.js";

beforeAll(() => compute("fused kernels on cpu"));
afterAll(standardOps);

/** So large a rate that the validation loss goes up and down. */
const unsteady = { ...quick, learningRate: 0.8, softLearningRate: 0.5 };

const lossesOf = (events: readonly GenerationEvent[]) =>
  events.map((event) => event.validationLoss);

describe("generations", () => {
  test("learn which tasks belong together", async () => {
    const task = groupedTask({ seed: 3, tasksPerGroup: 4, inputs: 6 });
    const { events } = await outcome([task], {
      ...{ block: [6, 1], generations: 60, finalGenerations: 10, stepsPerGeneration: 25 },
      ...{ learningRate: 0.03, softLearningRate: 0.05, fraction: 0.5, seed: 3 },
    });
    expect(events.at(-1)!.validationLoss).toBeLessThan(1e-3 * events[0]!.validationLoss);
    expect(sameGrouping(events.at(-1)!.alignment, [0, 0, 0, 0, 1, 1, 1, 1])).toBe(true);
  });

  test("are burn-in, search and final training, counted from one", async () => {
    const settings = { ...quick, burnIn: 2, generations: 3, finalGenerations: 1 };
    const { events } = await outcome([groupedTask({ seed: 1 })], settings);
    expect(events.map(({ generation }) => generation)).toEqual([1, 2, 3, 4, 5, 6]);
    const phases = ["burn-in", "burn-in", "search", "search", "search", "final"];
    expect(events.map(({ phase }) => phase)).toEqual(phases);
    for (const event of events) {
      if (event.phase !== "search") expect(event.changedLocations).toBe(0);
    }
  });

  test("of final training keep the alignment with which the search ended", async () => {
    const settings = {
      ...quick,
      generations: 8,
      selection: "random",
      sampling: "uniform",
    } as const;
    const { events } = await outcome([groupedTask({ seed: 4 })], settings);
    const search = events.filter(({ phase }) => phase === "search");
    const final = events.filter(({ phase }) => phase === "final");
    expect(final.length).toBe(2);
    for (const event of final) expect(event.alignment).toEqual(search.at(-1)!.alignment);
    expect(new Set(search.map(({ alignment }) => String(alignment))).size).toBeGreaterThan(4);
  });

  test("tell what changed and what is in use", async () => {
    const { events } = await outcome([groupedTask({ seed: 5 })], { ...quick, fraction: 1 });
    let before: Int32Array = Int32Array.of(0, 1, 2, 3); // disjoint
    for (const event of events.filter(({ phase }) => phase === "search")) {
      const changed = event.alignment.filter((module, l) => module !== before[l]).length;
      expect(event.changedLocations).toBe(changed);
      expect(event.activeModules).toBe(new Set(event.alignment).size);
      // contexts are single numbers: a module used once is deployed as its block of 4
      const uses = [...new Set(event.alignment)].map(
        (module) => event.alignment.filter((other) => other === module).length,
      );
      const numbers = uses.map((used) => (used === 1 ? 4 : 4 + used));
      expect(event.parameters).toBe(numbers.reduce((sum, size) => sum + size, 0));
      before = event.alignment;
    }
  });

  test("weigh the losses of tasks", async () => {
    const tasks = [
      { ...affineTask({ seed: 1, name: "a", inputs: 2, outputs: 2 }), weight: 0.25 },
      affineTask({ seed: 2, name: "b", inputs: 2, outputs: 2 }),
    ];
    const { events } = await outcome(tasks, { ...quick, block: [2, 2] });
    for (const { tasks: found, trainLoss, validationLoss } of events) {
      const { a, b } = found as Record<"a" | "b", (typeof found)[string]>;
      expect(trainLoss).toBeCloseTo(0.25 * a.trainLoss[0]! + b.trainLoss[0]!, 10);
      expect(validationLoss).toBeCloseTo(0.25 * a.validationLoss[0]! + b.validationLoss[0]!, 10);
    }
  });
});

describe("a seed", () => {
  const tasks = () => [
    groupedTask({ seed: 1, batchSize: 4 }),
    affineTask({ seed: 2, inputs: 3, outputs: 2, batchSize: 5 }),
  ];
  const settings = { ...quick, reviveProbability: 0.3, initialAlignment: "random" } as const;

  test("decides every event and every number, bit for bit", async () => {
    expect(await outcome(tasks(), { ...settings, seed: 7 })).toEqual(
      await outcome(tasks(), { ...settings, seed: 7 }),
    );
  });

  test("makes a difference, zero too", async () => {
    const [zero, one] = [
      await outcome(tasks(), { ...settings, seed: 0 }),
      await outcome(tasks(), { ...settings, seed: 1 }),
    ];
    expect(lossesOf(zero.events as GenerationEvent[])).not.toEqual(
      lossesOf(one.events as GenerationEvent[]),
    );
    expect(zero.snapshot.tensors["bank/modules"]).not.toEqual(one.snapshot.tensors["bank/modules"]);
  });
});

describe("examples", () => {
  /** The examples of every train batch of a whole training. */
  async function trainBatches(task: Task, settings: Partial<TrainingSettings>) {
    const seen: number[][] = [];
    const watching = watched(task, (split, indices) => {
      if (split === "train") seen.push([...indices]);
    });
    await outcome([watching], settings);
    return seen.slice(1); // the first is one example, looked at before training
  }

  test("go on where the generation before stopped, epoch after epoch", async () => {
    // 12 examples in batches of 4: an epoch is 3 batches, a generation 2
    const task = affineTask({ seed: 1, inputs: 2, outputs: 2, batchSize: 4 });
    const settings = { ...quick, block: [2, 1], stepsPerGeneration: 2 } as const;
    const seen = await trainBatches(task, { ...settings, burnIn: 1, generations: 3 });
    expect(seen.length).toBe(2 * 6);
    const everyExample = Array.from({ length: 12 }, (_, example) => example);
    for (let epoch = 0; epoch < 4; epoch++) {
      const visited = seen.slice(3 * epoch, 3 * epoch + 3).flat();
      expect(visited.sort((a, b) => a - b)).toEqual(everyExample);
    }
  });

  test("are the same for a task whatever is trained beside it", async () => {
    const settings = { ...quick, block: [2, 1] } as const;
    const task = affineTask({ seed: 1, inputs: 2, outputs: 2, batchSize: 4 });
    const alone = await trainBatches(task, settings);
    const seen: number[][] = [];
    const watching = watched(task, (split, indices) => {
      if (split === "train") seen.push([...indices]);
    });
    await outcome([groupedTask({ seed: 3 }), watching], settings);
    expect(seen.slice(1)).toEqual(alone);
  });

  test("come in another order for another task", async () => {
    const orderOf = (name: string) =>
      trainBatches(affineTask({ seed: 1, name, inputs: 2, outputs: 2, batchSize: 4 }), {
        ...quick,
        block: [2, 1],
      });
    const a = await orderOf("a");
    const b = await orderOf("b");
    expect(a).not.toEqual(b);
  });

  test("of the test split are not read before they are asked for", async () => {
    const seen = new Set<string>();
    const task = watched(groupedTask({ seed: 1 }), (split) => void seen.add(split));
    await withTraining([task], { ...quick, burnIn: 1, patience: 2 }, async (training) => {
      await allEvents(training);
      await training.evaluate("validation");
      expect([...seen].sort()).toEqual(["train", "validation"]);
      await training.evaluate("test");
      expect(seen).toContain("test");
    });
  });

  test("of the validation split train nothing", async () => {
    const { splits, ...task } = affineTask({ seed: 1, inputs: 2, outputs: 2 });
    const settings = { ...quick, block: [2, 1], generations: 1, finalGenerations: 0 } as const;
    const one = await outcome([{ ...task, splits }], settings);
    const swapped = { ...splits, validation: splits.test };
    const other = await outcome([{ ...task, splits: swapped }], settings);
    expect(other.snapshot.tensors).toEqual(one.snapshot.tensors);
    expect(other.events[0]!.validationLoss).not.toBe(one.events[0]!.validationLoss);
  });
});

describe("the best state", () => {
  test("is marked when it comes and is there in the end", async () => {
    const settings = { ...unsteady, generations: 8 };
    await withTraining([groupedTask({ seed: 4 })], settings, async (training) => {
      const events = await allEvents(training);
      const losses = lossesOf(events);
      events.forEach(({ best }, i) => {
        expect(best).toBe(losses[i]! < Math.min(...losses.slice(0, i)));
      });
      const lowest = Math.min(...losses);
      expect(losses.at(-1)).toBeGreaterThan(lowest); // else this test shows nothing
      const found = await training.evaluate("validation");
      expect(total(Object.values(found))).toBeCloseTo(lowest, 10);
      expect(training.alignment()).toEqual(events[losses.indexOf(lowest)]!.alignment);
      const best = (await training.snapshot("best"))!;
      expect(best.generation).toBe(events[losses.indexOf(lowest)]!.generation);
      const latest = (await training.snapshot("latest"))!;
      expect(latest).toMatchObject({ generation: events.length });
      expect(latest.tensors).toEqual((await training.checkpoint()).latest.tensors);
      expect(latest.tensors).not.toEqual(best.tensors);
    });
  });

  test("is there when the caller stops listening", async () => {
    await withTraining([groupedTask({ seed: 4 })], unsteady, async (training) => {
      const losses: number[] = [];
      for await (const { validationLoss } of training.generations()) {
        losses.push(validationLoss);
        if (validationLoss > Math.min(...losses)) break;
      }
      const found = await training.evaluate("validation");
      expect(total(Object.values(found))).toBeCloseTo(Math.min(...losses), 10);
    });
  });
});

describe("patience", () => {
  test("ends a phase after so many generations without a better one", async () => {
    const task = groupedTask({ seed: 4 });
    const settings = { ...unsteady, generations: 30, finalGenerations: 0 };
    const { events: all } = await outcome([task], settings);
    const sinceBest = all.map(
      ({ generation }) =>
        generation - all.findLast((e) => e.best && e.generation <= generation)!.generation,
    );
    const end = sinceBest.indexOf(3) + 1;
    expect(end).toBeGreaterThan(0); // else this test shows nothing
    const { events } = await outcome([task], { ...settings, patience: 3 });
    expect(events).toEqual(all.slice(0, end));
  });

  test("is counted anew in final training", async () => {
    const settings = { ...unsteady, generations: 30, finalGenerations: 10, patience: 3 };
    const { events } = await outcome([groupedTask({ seed: 4 })], settings);
    const final = events.filter(({ phase }) => phase === "final");
    expect(final.length).toBeGreaterThanOrEqual(3);
  });

  test("leaves burn-in alone", async () => {
    const settings = { ...unsteady, burnIn: 10, generations: 1, finalGenerations: 0, patience: 1 };
    const { events } = await outcome([groupedTask({ seed: 4 })], settings);
    expect(events.length).toBe(11);
  });
});

describe("a signal", () => {
  test("ends training after the generation in which it comes", async () => {
    const controller = new AbortController();
    let reads = 0;
    const task = watched(affineTask({ seed: 1, inputs: 2, outputs: 2, batchSize: 4 }), () => {
      reads += 1;
      // 2 examples are looked at beforehand; 3 steps and a validation of 3 batches, then the next
      if (reads === 8) controller.abort();
    });
    await withTraining([task], { ...quick, block: [2, 1] }, async (training) => {
      const events = await allEvents(training, controller.signal);
      expect(events.length).toBe(1);
      const found = await training.evaluate("validation");
      expect(total(Object.values(found))).toBeCloseTo(events[0]!.validationLoss, 10);
    });
  });

  test("that came before trains nothing", async () => {
    await withTraining([groupedTask({ seed: 1 })], quick, async (training) => {
      expect(await allEvents(training, AbortSignal.abort())).toEqual([]);
    });
  });
});

describe("memory", () => {
  const methods: Record<string, Partial<TrainingSettings>> = {
    muir: {},
    stl: { sharing: "none" },
    random: { selection: "random" },
    oracle: {
      ...{ selection: "none", modules: 3, initialAlignment: "given", contextSize: 2 },
      alignment: [0, 0, 1, 1, 2, 2, 2, 2, 2],
    },
    "blocks shared exactly": { contextSize: 0, reviveProbability: 0.5 },
  };
  test.each(Object.keys(methods))("stays level with %s, and is given back", async (method) => {
    const { numTensors, numBytes } = tf.memory();
    const tasks = [
      groupedTask({ seed: 1, batchSize: 4 }),
      affineTask({ seed: 2, inputs: 3, outputs: 5, batchSize: 5 }),
    ];
    const settings = { ...quick, ...methods[method], block: [4, 1] } as const;
    await withTraining(tasks, settings, async (training) => {
      const levels: number[] = [];
      for await (const _ of training.generations()) levels.push(tf.memory().numTensors);
      expect(levels).toEqual(levels.map(() => levels[0]));
      await training.evaluate("test");
      await training.snapshot("latest");
      tf.dispose(training.weights() as never);
      training.dispose();
      training.dispose();
    });
    expect(tf.memory()).toMatchObject({ numTensors, numBytes });
  });
});
