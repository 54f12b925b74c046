import { law } from "@muir/test-kit";
import type { Snapshot, Task, TrainingSettings } from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compute, fusedComputations, standardOps } from "./backends.js";
import { obviousGradients } from "./obvious-gradients.js";
import { obviousTraining } from "./obvious-training.js";
import { obviousStart, oneGeneration } from "./one-generation.js";
import { outcome, quick, tensorOf } from "./trainings.js";
import { languageTask, unlikeTasks } from "./unlike-tasks.js";

const rates = { learningRate: 0.01, softLearningRate: 0.05 };
const rateOf = (name: string) => (name === "softWeights" ? 0.05 : 0.01);
const base: Partial<TrainingSettings> = {
  ...{ ...rates, block: [2, 2], contextSize: 2, lambda: 1, fraction: 0.5, alpha: 0.5 },
};

/** Three unlike tasks, with and without dropout, of any weights. */
const cases = fc.record({
  dropout: fc.constantFrom(0, 0.2),
  weights: fc.tuple(...[1, 2, 3].map(() => fc.constantFrom(1, 0.5, 2))),
  lambda: fc.integer({ min: 1, max: 2 }),
  contextSize: fc.integer({ min: 0, max: 4 }),
  adapterRank: fc.integer({ min: 0, max: 2 }),
  seed: fc.noShrink(fc.nat({ max: 1_000_000 })),
});

const weighted = (tasks: readonly Task[], weights: readonly number[]) =>
  tasks.map((task, i): Task => ({ ...task, weight: weights[i]! }));

/** The gradients of a training's first step: its first moments are a tenth of them. */
function firstGradients(snapshot: Snapshot): Record<string, tf.Tensor> {
  const names = Object.keys(snapshot.tensors).filter((name) => /^adam[/].*[/]first$/.test(name));
  return Object.fromEntries(
    names.map((name) => [
      name.slice("adam/".length, -"/first".length),
      tf.mul(tensorOf(snapshot, name), 10),
    ]),
  );
}

describe.each(fusedComputations)("a joint step of unlike tasks with %s", (way) => {
  beforeAll(() => compute(way));
  afterAll(standardOps);

  law(
    "has the gradients of one tape over the weighted sum of all losses",
    cases,
    async ({ dropout, weights, seed, ...settings }) => {
      const tasks = weighted(unlikeTasks({ seed, dropout }), weights);
      const found = await oneGeneration(tasks, {
        ...base,
        ...settings,
        seed,
        stepsPerGeneration: 1,
      });
      const start = obviousStart(tasks, found, 0.5);
      const { gradients, modelStates } = obviousGradients(start, { tasks, ...found }, 0);
      const got = firstGradients(found.after);
      expect(Object.keys(got).sort()).toEqual(Object.keys(gradients).sort());
      for (const [name, gradient] of Object.entries(gradients)) {
        expect(got[name]!, name).toBeCloseToTensor(gradient, { rtol: 1e-3, atol: 1e-5 });
      }
      tf.dispose(modelStates as never);
    },
    { runs: 15 },
  );

  law(
    "hands the state of streams and the numbers of Adam on to the next",
    cases,
    async ({ dropout, weights, seed, ...settings }) => {
      const steps = 6; // the language model's text has four windows, the images are two batches
      const tasks = weighted(unlikeTasks({ seed, dropout }), weights);
      const found = await oneGeneration(tasks, {
        ...{ ...base, ...settings, seed, stepsPerGeneration: steps },
      });
      const start = obviousStart(tasks, found, 0.5);
      const end = obviousTraining(start, { tasks, ...found }, { steps, rateOf });
      for (const { name } of tasks) {
        const trainLoss = tf.tensor1d([...found.event.tasks[name]!.trainLoss]);
        expect(trainLoss, name).toBeCloseToTensor(tf.tensor1d([...end.losses[name]!]), {
          ...{ rtol: 1e-3, atol: 1e-3 },
        });
        for (const [part, tensor] of Object.entries(end.modelStates[name]!)) {
          const got = tensorOf(found.after, `state/${name}/${part}`);
          expect(got, part).toBeCloseToTensor(tensor, { rtol: 1e-2, atol: 1e-2 });
        }
      }
      tf.dispose(end.modelStates as never);
    },
    { runs: 5 },
  );
});

describe("a task's weight", () => {
  beforeAll(() => compute("fused kernels on cpu"));
  afterAll(standardOps);

  const gradientsWith = async (weights: readonly number[]) => {
    const tasks = weighted(unlikeTasks({ seed: 4, dropout: 0.2 }), weights);
    const { after } = await oneGeneration(tasks, { ...base, seed: 4, stepsPerGeneration: 1 });
    return firstGradients(after);
  };

  test("of a half halves its share of every gradient", async () => {
    const whole = await gradientsWith([1, 1, 1]);
    const half = await gradientsWith([1, 0.5, 1]);
    const none = await gradientsWith([1, 1e-30, 1]);
    for (const [name, gradient] of Object.entries(whole)) {
      const middle = tf.div(tf.add(gradient, none[name]!), 2);
      expect(half[name]!, name).toBeCloseToTensor(middle, { rtol: 1e-4, atol: 1e-7 });
    }
    expect(tf.max(tf.abs(none["language/softmax.bias"]!)).dataSync()[0]).toBeLessThan(1e-29);
  });
});

describe("a task that shares nothing", () => {
  test("is trained as if the others were not there, dropout and streams too", async () => {
    await compute("wasm, two threads");
    const settings = { ...quick, ...base, sharing: "none", generations: 2 } as const;
    const other = { ...languageTask({ seed: 6, dropout: 0.5 }), name: "another language" };
    const tasks = [...unlikeTasks({ seed: 5, dropout: 0.2 }), other];
    const together = await outcome(tasks, settings);
    for (const task of tasks) {
      const alone = await outcome([task], settings);
      alone.events.forEach((event, i) => {
        expect(event.tasks[task.name]).toEqual(together.events[i]!.tasks[task.name]);
      });
    }
    await standardOps();
  });
});
