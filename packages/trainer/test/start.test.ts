import { createRandom, standardNormal } from "@muir/random";
import { createTraining, type Task, type TrainingSettings } from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { affineTask } from "./tiny-tasks.js";

const settings = { block: [2, 3], contextSize: 2, lambda: 1 } as const;

function drawn(shape: number[], seed: number): tf.Tensor {
  const random = createRandom(seed);
  const values = Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () =>
    standardNormal(random),
  );
  return tf.tensor(values, shape);
}

/** The task with weights to begin from. */
function started(task: Task, seed = 7): Task & { start: Record<string, tf.Tensor> } {
  const entries = Object.entries(task.architecture.parameters);
  const start = entries.map(([name, { shape }], i) => [name, drawn([...shape], seed + i)]);
  return { ...task, start: Object.fromEntries(start) };
}

/** How far the weights a training begins with lie from the given ones. */
function apart(tasks: readonly Task[], given: Partial<TrainingSettings> = settings): number {
  return tf.tidy(() => {
    const training = createTraining(tasks, given);
    const weights = training.weights();
    training.dispose();
    const differences = tasks.flatMap(({ name, start = {} }) =>
      Object.entries(start).map(([parameter, tensor]) =>
        tf.max(tf.abs(tf.sub(weights[name]![parameter]!, tensor))).dataSync(),
      ),
    );
    return Math.max(...differences.map(([value]) => value!));
  });
}

describe("a task with weights to begin from", () => {
  test("begins from them, whatever it shares hypermodules with", () => {
    const task = started(affineTask({ seed: 1, inputs: 5, outputs: 4 }));
    const other = affineTask({ seed: 2, name: "other", inputs: 3, outputs: 6 });
    expect(apart([other, task])).toBeLessThan(1e-5);
    expect(apart([task, { ...started(other, 70), name: "other" }])).toBeLessThan(1e-5);
  });

  test("begins from exactly them where nothing is shared", () => {
    const task = started(affineTask({ seed: 1, inputs: 5, outputs: 4 }));
    expect(apart([task], { sharing: "none" })).toBe(0);
  });

  test("does not change what another task is drawn as", () => {
    const first = affineTask({ seed: 1, inputs: 5, outputs: 4 });
    const other = affineTask({ seed: 2, name: "other", inputs: 3, outputs: 6 });
    const weightsOf = (tasks: readonly Task[]) =>
      tf.tidy(() => {
        const training = createTraining(tasks, settings);
        const { weight } = training.weights()["other"]!;
        training.dispose();
        return weight!.arraySync();
      });
    expect(weightsOf([started(first), other])).toEqual(weightsOf([first, other]));
  });

  test("law: of any sizes", () => {
    const size = fc.integer({ min: 1, max: 7 });
    fc.assert(
      fc.property(size, size, fc.integer({ min: 1, max: 3 }), (inputs, outputs, contextSize) => {
        const task = started(affineTask({ seed: 1, inputs, outputs, examples: 2 }));
        const given = { ...settings, contextSize, selection: "none" } as const;
        expect(apart([task], given)).toBeLessThan(1e-5);
      }),
      { numRuns: 30 },
    );
  });

  test("begins from them with blocks that are exchanged as they are, and with adapters", () => {
    const task = started(affineTask({ seed: 1, inputs: 5, outputs: 4 }));
    expect(apart([task], { ...settings, contextSize: 0 })).toBeLessThan(1e-5);
    expect(apart([task], { ...settings, adapterRank: 2 })).toBeLessThan(1e-5);
  });

  test("keeps its tensors, and leaves none", () => {
    const task = started(affineTask({ seed: 1, inputs: 5, outputs: 4 }));
    const before = tf.memory().numTensors;
    createTraining([task], settings).dispose();
    expect(tf.memory().numTensors).toBe(before);
    expect(Object.values(task.start).some(({ isDisposed }) => isDisposed)).toBe(false);
  });

  test.each([
    ["a missing one", { bias: undefined }, 'must hold "bias" of shape [4]; got none.'],
    ["another shape", { bias: tf.zeros([3]) }, 'must hold "bias" of shape [4]; got shape [3].'],
    ["an unknown one", { scale: tf.zeros([4]) }, 'weight, bias; got "scale".'],
  ])("%s is refused", (_, change, message) => {
    const { start, ...task } = started(affineTask({ seed: 1, inputs: 5, outputs: 4 }));
    const changed = { ...start, ...change } as unknown as Record<string, tf.Tensor>;
    expect(() => createTraining([{ ...task, start: changed }], settings)).toThrow(message);
  });

  test("a location that shares its hypermodule is refused, and nothing leaks", () => {
    const task = started(affineTask({ seed: 1, inputs: 5, outputs: 4 }));
    const before = tf.memory().numTensors;
    const given = { ...settings, modules: 2, initialAlignment: "random" } as const;
    expect(() => createTraining([task], given)).toThrow(
      /every location to fit must have a hypermodule of its own/,
    );
    expect(tf.memory().numTensors).toBe(before);
  });
});

test("states() are copies of what networks carry", async () => {
  const task = affineTask({ seed: 1, inputs: 2, outputs: 2 });
  const once = { selection: "none", generations: 1, finalGenerations: 0 } as const;
  const training = createTraining([task], { ...settings, ...once });
  for await (const _ of training.generations());
  const { average, seen } = training.states()["affine"]!;
  training.dispose();
  expect(average!.shape).toEqual([2]);
  expect(average!.dataSync()[0]).not.toBe(0);
  expect(seen!.dataSync()[0]).toBeGreaterThan(0);
  tf.dispose([average!, seen!]);
});
