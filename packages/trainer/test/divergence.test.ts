import type { Dataset } from "@muir/data";
import { type DivergenceError, isDivergenceError, type Task } from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { affineTask, groupedTask } from "./tiny-tasks.js";
import { quick, total, withTraining } from "./trainings.js";

const short = { ...quick, finalGenerations: 0 };

/** The dataset with one target made NaN, at a place of its arrays, in the given batches (from 1). */
function spoilt(
  dataset: Dataset,
  { at, from = 1, to = Number.POSITIVE_INFINITY }: { at: number; from?: number; to?: number },
): Dataset {
  let batches = 0;
  return {
    ...dataset,
    batch(indices) {
      const batch = dataset.batch(indices);
      if (indices.length > 1) batches += 1; // one example is looked at beforehand
      if (batches >= from && batches <= to) batch.targets.data[at] = Number.NaN;
      return batch;
    },
  };
}

const withTrain = (task: Task, train: Dataset): Task => ({
  ...task,
  splits: { ...task.splits, train },
});

/** A task whose state is infinite after a training step from the given one on (from 1), which no output shows. */
function unboundedAverage({ from = 1 }: { from?: number } = {}): Task {
  const task = affineTask({ seed: 1, name: "hiding", inputs: 4, outputs: 2, batchSize: 4 });
  const { architecture } = task;
  let steps = 0;
  return {
    ...task,
    architecture: {
      ...architecture,
      apply(parameters, inputs, context) {
        if (context.training) steps += 1;
        const state = { ...context.state, average: tf.zerosLike(context.state["average"]!) };
        const applied = architecture.apply(parameters, inputs, { ...context, state });
        if (steps < from) return applied;
        applied.state["average"]!.dispose();
        const average = tf.fill([4], Number.POSITIVE_INFINITY);
        return { outputs: applied.outputs, state: { ...applied.state, average } };
      },
    },
  };
}

/** Trains until it fails; the loss of each generation before, and the error. */
async function failure(tasks: readonly Task[], settings: object) {
  return withTraining(tasks, { ...short, ...settings }, async (training) => {
    const losses: number[] = [];
    try {
      for await (const { validationLoss } of training.generations()) losses.push(validationLoss);
    } catch (error) {
      if (!isDivergenceError(error)) throw error;
      const evaluation = await training.evaluate("validation");
      return { error: error as DivergenceError, losses, after: total(Object.values(evaluation)) };
    }
    return expect.unreachable("training went well");
  });
}

describe("a loss that stops being finite", () => {
  test("names the stacked task, the step and the generation", async () => {
    const task = groupedTask({ seed: 1 });
    // targets are [4 tasks, 6 examples, 1]: number 13 belongs to task 2
    const { error, losses } = await failure(
      [withTrain(task, spoilt(task.splits.train, { at: 13 }))],
      {},
    );
    expect(losses).toEqual([]);
    expect(error).toMatchObject({ task: "grouped[2]", step: 1, generation: 1 });
    expect(error.message).toBe(
      'train: the train loss of task "grouped[2]" must stay finite; got NaN at step 1 (generation 1). Lower learningRate, or check the task\'s data.',
    );
  });

  test("names the task that failed first among several, and leaves the best state", async () => {
    const [a, b] = [1, 2].map((seed) =>
      affineTask({ seed, name: `task ${seed}`, inputs: 4, outputs: 2, batchSize: 4 }),
    );
    const train = spoilt(b!.splits.train, { at: 0, from: 8 }); // generation 3 has steps 7, 8 and 9
    const { error, losses, after } = await failure([a!, withTrain(b!, train)], {});
    expect(error).toMatchObject({ task: "task 2", step: 8, generation: 3 });
    expect(losses.length).toBe(2);
    expect(after).toBeCloseTo(Math.min(...losses), 10);
  });

  test("is noticed where the learning rate is huge", async () => {
    const { error } = await failure([groupedTask({ seed: 1 })], { learningRate: 1e30 });
    expect(error).toMatchObject({ task: "grouped[0]", step: 2, generation: 1 });
    expect(error.message).toMatch(/got (Infinity|NaN)/);
  });

  test("of the validation split names its task too", async () => {
    const tasks = [1, 2].map((seed): Task => {
      const task = affineTask({ seed, name: `task ${seed}`, inputs: 4, outputs: 2, batchSize: 4 });
      const validation = spoilt(task.splits.validation, { at: 3, from: 4 }); // three batches a pass
      return seed === 1 ? task : { ...task, splits: { ...task.splits, validation } };
    });
    const { error, losses, after } = await failure(tasks, {});
    expect(error).toMatchObject({ task: "task 2", step: 6, generation: 2 });
    expect(error.message).toContain('the validation loss of task "task 2"');
    expect(losses.length).toBe(1);
    expect(after).toBeNaN(); // the data, not the state
  });
});

describe("a training that failed", () => {
  const affine = affineTask({ seed: 1, inputs: 4, outputs: 2, batchSize: 4 });

  /** Tries to train a generation at a time, whatever comes of it. */
  async function oneByOne(task: Task, tries: number) {
    return withTraining([task], { ...short, generations: 12 }, async (training) => {
      const found: (number | string)[] = [];
      const steps: number[] = [];
      for (let i = 0; i < tries; i++) {
        try {
          for await (const { generation } of training.generations()) {
            found.push(generation);
            break;
          }
          const { latest } = await training.checkpoint();
          steps.push(latest.optimizerSteps["modules"]!);
          expect((await training.snapshot("latest"))!.tensors).toEqual(latest.tensors);
        } catch (error) {
          if (!isDivergenceError(error)) throw error;
          found.push("failed");
          await expect(training.checkpoint()).rejects.toThrow("earlier checkpoint");
        }
      }
      return { found, steps };
    });
  }

  test("by one bad batch goes on from the best state, and on from there", async () => {
    const train = spoilt(affine.splits.train, { at: 3, from: 8, to: 8 }); // three a generation
    const { found, steps } = await oneByOne(withTrain(affine, train), 6);
    expect(found).toEqual([1, 2, "failed", 3, 4, 5]);
    expect(steps).toEqual([3, 6, 9, 12, 15]);
  });

  test("by its validation does not count the generation that nobody was told of", async () => {
    const { splits } = affine;
    const validation = spoilt(splits.validation, { at: 3, from: 4, to: 4 }); // three a pass
    const spoiling = { ...affine, splits: { ...splits, validation } };
    const { found } = await oneByOne(spoiling, 4);
    expect(found).toEqual([1, "failed", 2, 3]);
  });

  test("while it was told to pause fails, rather than leave what is not finite behind", async () => {
    const task = unboundedAverage({ from: 5 });
    await withTraining([task], short, async (training) => {
      let steps = 0;
      const pause = () => ++steps < 5;
      await expect(async () => {
        for await (const _ of training.generations(undefined, { pause })) steps += 1;
      }).rejects.toThrow('the state of "average"');
      await expect(training.checkpoint()).rejects.toThrow("earlier checkpoint");
    });
  });
});

describe("a number that no loss shows", () => {
  /** An affine network whose loss leaves out what is not a number, as ops that take a maximum do. */
  const hiding = (spoil: (names: Record<string, tf.Tensor>) => tf.Tensor): Task => {
    const task = affineTask({ seed: 1, name: "hiding", inputs: 4, outputs: 2, batchSize: 4 });
    const { architecture } = task;
    return {
      ...task,
      architecture: {
        ...architecture,
        apply(parameters, inputs, context) {
          const { outputs, state } = architecture.apply(parameters, inputs, context);
          return {
            outputs: tf.add(
              outputs,
              tf.tidy(() => spoil(parameters)),
            ),
            state,
          };
        },
      },
    };
  };

  test("of a gradient is named with its task, layer and step", async () => {
    let step = 0;
    // forward 0, backward NaN from the fifth step on
    const task = hiding(({ bias }) =>
      tf.customGrad(((x: tf.Tensor) => ({
        value: tf.zerosLike(x),
        gradFunc: (dy: tf.Tensor) => {
          step += 1;
          return step < 5 ? tf.zerosLike(dy) : tf.fill(dy.shape, Number.NaN);
        },
      })) as never)(bias!),
    );
    const { error, losses } = await failure([task], { finalGenerations: 0 });
    expect(error).toMatchObject({ task: "hiding", layer: "bias", step: 5, generation: 2 });
    expect(error.message).toBe(
      'train: the gradient of "bias" of task "hiding" must stay finite; got NaN at step 5 (generation 2). Lower learningRate, or check the task\'s data.',
    );
    expect(losses.length).toBe(1);
  });

  test("of a model's state is named as the generation ends", async () => {
    const { error } = await failure([unboundedAverage()], {});
    expect(error).toMatchObject({ task: "hiding", layer: "average", step: 3, generation: 1 });
    expect(error.message).toContain('the state of "average"');
  });

  test("of a module's moments is named by a layer that uses it", async () => {
    // gradients of 1e30 are finite; their squares are not, and would stop the module for ever
    const task = hiding(({ weight }) =>
      tf.customGrad(((x: tf.Tensor) => ({
        value: tf.scalar(0),
        gradFunc: (_: tf.Tensor) => tf.fill(x.shape, 1e30),
      })) as never)(weight!),
    );
    const { error } = await failure([task], {});
    expect(error).toMatchObject({ task: "hiding", layer: "weight", step: 3, generation: 1 });
    expect(error.message).toContain("moments");
  });
});

test("isDivergenceError knows errors of another copy of the package by their brand", () => {
  expect(isDivergenceError({ [Symbol.for("muir.trainer.DivergenceError")]: true })).toBe(true);
  expect(isDivergenceError(new Error("NaN"))).toBe(false);
  expect(isDivergenceError(null)).toBe(false);
});
