import { GENERATE_BLOCKS, GENERATE_BLOCKS_GRADIENT } from "@muir/hypermodule";
import type { Task } from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compute, everyComputation, fusedComputations, standardOps } from "./backends.js";
import { allEvents, quick, withTraining } from "./trainings.js";
import { unlikeTasks } from "./unlike-tasks.js";

const settings = { ...quick, block: [2, 2], contextSize: 4, alpha: 0.5 } as const;

/** The task, with `watch` told what memory holds before and after its forward pass in each step. */
function measured(task: Task, watch: (before: number, after: number) => void): Task {
  const { architecture } = task;
  return {
    ...task,
    architecture: {
      ...architecture,
      apply(parameters, inputs, context) {
        const before = tf.memory().numBytes;
        const applied = architecture.apply(parameters, inputs, context);
        if (context.training) watch(before, tf.memory().numBytes);
        return applied;
      },
    },
  };
}

const bytesOf = ({ architecture }: Task) =>
  Object.values(architecture.parameters)
    .map(({ shape }) => 4 * tf.util.sizeFromShape([...shape]))
    .reduce((sum, bytes) => sum + bytes, 0);

describe.each(everyComputation)("unlike tasks with %s", (way) => {
  beforeAll(() => compute(way));
  afterAll(standardOps);

  test("leave nothing of their graphs to the next task, whatever their order", async () => {
    const once = { ...settings, generations: 1, finalGenerations: 0, stepsPerGeneration: 2 };
    const tasks = unlikeTasks({ seed: 1, dropout: 0.2 });
    for (const order of [tasks, tasks.toReversed()]) {
      const seen: { task: Task; before: number; after: number }[] = [];
      const watched = order.map((task) =>
        measured(task, (before, after) => seen.push({ task, before, after })),
      );
      await withTraining(watched, once, allEvents);
      for (const [i, step] of [0, 0, 0, 1, 1, 1].entries()) {
        if (i % 3 === 0) continue;
        const [last, next] = [seen[i - 1]!, seen[i]!];
        const graph = last.after - last.before;
        // what stays of a task is its gradients and its state; the next task's weights are new
        const slack = bytesOf(last.task) + bytesOf(next.task) + 1024;
        expect(next.before - last.before, `step ${step}`).toBeLessThan(slack);
        if (last.task.name === "vision") expect(graph).toBeGreaterThan(slack); // else it shows nothing
      }
    }
  });

  test("take no more memory from step to step, and give all of it back", async () => {
    const { numTensors, numBytes } = tf.memory();
    const tasks = unlikeTasks({ seed: 2, dropout: 0.2 });
    const several = { ...settings, burnIn: 1, generations: 3, finalGenerations: 1 };
    await withTraining(tasks, several, async (training) => {
      const levels: string[] = [];
      for await (const _ of training.generations()) {
        const { numTensors, numBytes } = tf.memory();
        levels.push(`${numTensors} tensors, ${numBytes} bytes`);
      }
      const search = levels.slice(1); // which adds the soft weights' moments
      expect(search).toEqual(search.map(() => search[0]));
      const before = tf.memory();
      await training.evaluate("test");
      expect(tf.memory().numTensors - before.numTensors).toBe(0);
    });
    expect(tf.memory()).toMatchObject({ numTensors, numBytes });
  });
});

describe.each(fusedComputations)("the generator with %s", (way) => {
  beforeAll(() => compute(way));
  afterAll(standardOps);

  test("runs once a step forward and once back, for three unlike tasks", async () => {
    const tasks = unlikeTasks({ seed: 3, dropout: 0.2 });
    const once = { ...settings, generations: 1, finalGenerations: 0, stepsPerGeneration: 4 };
    const { kernels } = await tf.profile(async () => {
      await withTraining(tasks, once, allEvents);
      return [];
    });
    const count = (kernel: string) => kernels.filter(({ name }) => name === kernel).length;
    expect(count(GENERATE_BLOCKS_GRADIENT)).toBe(4);
    expect(count(GENERATE_BLOCKS)).toBe(4 + 1); // the last one to validate with
  });
});
