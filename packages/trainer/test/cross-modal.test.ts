import { completeSettings, crossModalSettings, defaultSettings } from "@muir/trainer";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compute, standardOps } from "./backends.js";
import { allEvents, withTraining } from "./trainings.js";
import { unlikeTasks } from "./unlike-tasks.js";
import { watchGenerator } from "./watch-generator.js";

beforeAll(() => compute("wasm, two threads"));
afterAll(standardOps);

describe("crossModalSettings", () => {
  test("are the paper's, section 4.2", () => {
    expect(crossModalSettings).toMatchObject({ contextSize: 4, block: [16, 16], modules: null });
    expect(crossModalSettings).toMatchObject({ lambda: 1, stepsPerGeneration: 1000, burnIn: 2 });
    expect(crossModalSettings).toMatchObject({ alpha: 0.5, softLearningRate: 0.1, fraction: 0.5 });
    expect(completeSettings(crossModalSettings)).toEqual(crossModalSettings);
    expect(Object.keys(crossModalSettings)).toEqual(Object.keys(defaultSettings));
  });
});

describe("vision, language and genomics together", () => {
  const small = { ...crossModalSettings, block: [2, 2], stepsPerGeneration: 4 } as const;

  test("burn in, search and train on, all phases with all tasks", async () => {
    const tasks = unlikeTasks({ seed: 1, dropout: 0.2 });
    const settings = { ...small, generations: 3, finalGenerations: 2 };
    await withTraining(tasks, settings, async (training) => {
      const generator = watchGenerator();
      const events = await allEvents(training).finally(generator.restore);
      const phases = ["burn-in", "burn-in", "search", "search", "search", "final", "final"];
      expect(events.map(({ phase }) => phase)).toEqual(phases);
      const { locations } = training.plan;
      // what each generation's steps and its validation mix: half of the locations, or none
      const listed = generator.calls.map(({ candidates }) => candidates.locations.length);
      const half = Math.ceil(locations / 2);
      const of = (phase: string) => (phase === "search" ? half : 0);
      expect(listed).toEqual(phases.flatMap((phase) => [...Array(4).fill(of(phase)), 0]));
      for (const { phase, alignment, tasks } of events) {
        if (phase === "burn-in") expect([...alignment]).toEqual([...alignment.keys()]);
        expect(Object.keys(tasks)).toEqual(["vision", "language", "genomics"]);
        expect(Object.values(tasks).map(({ metric, better }) => [metric, better])).toEqual([
          ["error %", "lower"],
          ["perplexity", "lower"],
          ["correlation", "higher"],
        ]);
      }
      const last = events.at(-1)!.alignment;
      expect(events.at(-3)!.alignment).toEqual(last);
      expect([...last]).not.toEqual([...last.keys()]); // it did search
    });
  });

  test("learn, each of them", async () => {
    const tasks = unlikeTasks({ seed: 2 });
    const settings = { ...small, learningRate: 0.01, stepsPerGeneration: 25, burnIn: 4 };
    const once = { ...settings, generations: 1, finalGenerations: 0 };
    await withTraining(tasks, once, async (training) => {
      const events = await allEvents(training);
      for (const { name } of tasks) {
        const losses = events.map(({ tasks }) => tasks[name]!.trainLoss[0]!);
        expect(losses[3], name).toBeLessThan(0.8 * losses[0]!);
      }
    });
  });

  test("are best where the weighted sum of their validation losses is lowest", async () => {
    const weights = [2, 0.5, 1];
    const tasks = unlikeTasks({ seed: 3 }).map((task, i) => ({ ...task, weight: weights[i]! }));
    const settings = { ...small, learningRate: 0.05, generations: 6 };
    await withTraining(tasks, settings, async (training) => {
      const events = await allEvents(training);
      const sums = events.map((event) =>
        tasks.reduce(
          (sum, { name, weight }) => sum + weight * event.tasks[name]!.validationLoss[0]!,
          0,
        ),
      );
      const best = sums.indexOf(Math.min(...sums));
      expect(events.findLastIndex((event) => event.best)).toBe(best);
      expect((await training.snapshot("best"))!.generation).toBe(best + 1);
    });
  });
});
