import type { Candidates } from "@muir/hypermodule";
import { law } from "@muir/test-kit";
import { completeSettings, type Task, type TrainingSettings } from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { compute, standardOps } from "./backends.js";
import { type ObviousEnd, obviousTraining } from "./obvious-training.js";
import { obviousStart, oneGeneration, parametersOf } from "./one-generation.js";
import { affineTask, groupedTask } from "./tiny-tasks.js";
import { tensorOf } from "./trainings.js";

/** One to three small networks, of several kinds and sizes, and how their weights are generated. */
const cases = fc
  .record({
    networks: fc.array(
      fc.record({
        kind: fc.constantFrom("grouped", "affine", "private", "streams"),
        inputs: fc.integer({ min: 2, max: 4 }),
        outputs: fc.integer({ min: 1, max: 3 }),
        weight: fc.constantFrom(1, 0.5),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    settings: fc.record({
      block: fc.constantFrom([1, 1], [1, 2], [2, 1], [3, 2]).map(([m, n]) => [m!, n!] as const),
      contextSize: fc.integer({ min: 0, max: 2 }),
      adapterRank: fc.constantFrom(0, 1),
      moduleLearningRate: fc.constantFrom(null, 0.03),
      contextLearningRate: fc.constantFrom(null, 0.01),
      lambda: fc.integer({ min: 1, max: 3 }),
      fraction: fc.constantFrom(0.01, 0.5, 1),
      selection: fc.constantFrom("belief", "none"),
      alpha: fc.constantFrom(null, 0.5),
      seed: fc.noShrink(fc.nat({ max: 1_000_000 })),
    }),
  })
  // contexts of no numbers share by order, which takes a second task with locations beside the last one
  .filter(
    ({ networks, settings: { contextSize, selection } }) =>
      contextSize > 0 || selection !== "none" || networks.some(({ kind }) => kind !== "private"),
  );

const steps = 3; // an epoch of streams is two
// Adam makes much of rounding where terms of a gradient cancel; a step that is wrong is off by a rate, 0.02 or more
const tolerance = { rtol: 5e-3, atol: 1e-3 };
const rates = { learningRate: 0.05, softLearningRate: 0.02 };

/** The learning rate of each parameter by its name. */
function ratesOf(settings: TrainingSettings) {
  const named: Record<string, number | null> = {
    softWeights: settings.softLearningRate,
    modules: settings.moduleLearningRate,
    contexts: settings.contextLearningRate,
  };
  return (parameter: string) => named[parameter] ?? settings.learningRate;
}

function tasksOf({
  networks,
  settings,
}: typeof cases extends fc.Arbitrary<infer T> ? T : never): Task[] {
  const tasks = networks.map(({ kind, weight, ...sizes }, i): Task => {
    const drawn = { seed: settings.seed + i, examples: 4, ...sizes };
    const affine = {
      ...drawn,
      shared: kind !== "private",
      ...(kind === "streams" && { streams: 2 }),
    };
    const task = kind === "grouped" ? groupedTask(drawn) : affineTask(affine);
    return { ...task, name: `${kind} ${i}`, weight };
  });
  return [...tasks, affineTask({ seed: 1, name: "last", inputs: 4, outputs: 1 })]; // two locations
}

/** Unlisted locations keep their module; at the others none is believed in more than the winner. */
function expectBelievedBest(
  alignment: Int32Array,
  { alignment: before, locations, challengers, lambda }: Candidates,
  { parameters, doubtful }: ObviousEnd,
): void {
  const beliefs = parameters["softWeights"] && tf.softmax(parameters["softWeights"]).arraySync();
  expect(alignment.filter((_, l) => !locations.includes(l))).toEqual(
    before.filter((_, l) => !locations.includes(l)),
  );
  locations.forEach((l, row) => {
    const slots = [before[l]!, ...challengers.slice(row * lambda, (row + 1) * lambda)];
    const first = row * (lambda + 1);
    if (doubtful["softWeights"]!.slice(first, first + lambda + 1).includes(true)) return;
    const score = (candidate: number) =>
      slots.reduce(
        (sum, slot, i) => sum + (slot === candidate ? (beliefs as number[][])[row]![i]! : 0),
        0,
      );
    expect(score(alignment[l]!)).toBeGreaterThan(Math.max(...slots.map(score)) - 1e-5);
  });
}

describe("the steps of a generation", () => {
  beforeAll(() => compute("fused kernels on cpu"));
  afterAll(standardOps);

  law(
    "move everything as one tape over the whole program and Adam would",
    cases,
    async (given) => {
      const tasks = tasksOf(given);
      const { contextSize, contextLearningRate } = given.settings;
      const settings = completeSettings({
        ...{ ...given.settings, ...rates, stepsPerGeneration: steps },
        contextLearningRate: contextSize === 0 ? null : contextLearningRate,
        ...(contextSize === 0 && { initialAlignment: "hierarchical" }),
        ...{ generations: 1, finalGenerations: 0 },
        reviveProbability: 0, // a module that is drawn anew is not what the start shows
      });
      const found = await oneGeneration(tasks, settings);
      const { candidates, event, after } = found;
      const start = obviousStart(tasks, found, settings.alpha);
      const end = obviousTraining(
        start,
        { tasks, ...found },
        {
          ...{ steps, rateOf: ratesOf(settings) },
        },
      );

      for (const [name, got] of Object.entries(parametersOf(after))) {
        const doubtful = tf.tensor([...end.doubtful[name]!], got.shape, "bool");
        const expected = tf.where(doubtful, got, end.parameters[name]!);
        expect(got, name).toBeCloseToTensor(expected, tolerance);
      }
      for (const { name } of tasks) {
        const trainLoss = tf.tensor1d([...event.tasks[name]!.trainLoss]);
        const expected = tf.tensor1d([...end.losses[name]!]);
        expect(trainLoss, name).toBeCloseToTensor(expected, { rtol: 1e-4, atol: 1e-5 });
        for (const [part, tensor] of Object.entries(end.modelStates[name]!)) {
          expect(tensorOf(after, `state/${name}/${part}`)).toBeCloseToTensor(tensor);
        }
      }
      tf.dispose(end.modelStates as never);
      expectBelievedBest(after.alignment, candidates, end);
    },
    { runs: 30 },
  );
});
