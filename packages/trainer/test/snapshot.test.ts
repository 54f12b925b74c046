import { describe, expect, test } from "vitest";
import { affineTask, groupedTask } from "./tiny-tasks.js";
import { allEvents, quick, withTraining } from "./trainings.js";

const settings = { ...quick, generations: 3, finalGenerations: 0, stepsPerGeneration: 2 };
const tasks = () => [
  groupedTask({ seed: 1, batchSize: 4 }),
  affineTask({ seed: 2, inputs: 4, outputs: 2, batchSize: 5 }),
];

describe("a snapshot", () => {
  test("holds every tensor by name, with its shape and numbers", async () => {
    await withTraining(tasks(), settings, async (training) => {
      await allEvents(training);
      const snapshot = (await training.snapshot("latest"))!;
      const shapes = Object.entries(snapshot.tensors).map(([name, { shape }]) => [name, shape]);
      const trained = {
        modules: [6, 1, 4, 1],
        contexts: [6, 1],
        "affine/bias": [2],
        softWeights: [3, 5],
      };
      const moments = Object.entries(trained).flatMap(([name, shape]) => [
        [`adam/${name}/first`, shape],
        [`adam/${name}/second`, shape],
      ]);
      expect(Object.fromEntries(shapes)).toEqual({
        "bank/modules": [6, 1, 4, 1],
        "bank/contexts": [6, 1],
        "private/affine/bias": [2],
        "state/affine/average": [4],
        "state/affine/seen": [],
        ...Object.fromEntries(moments),
      });
      for (const { shape, data } of Object.values(snapshot.tensors)) {
        expect(data).toBeInstanceOf(Float32Array);
        expect(data.length).toBe(shape.reduce((product, size) => product * size, 1));
        expect(data.buffer.byteLength).toBe(data.byteLength); // numbers of its own
      }
    });
  });

  test("holds counters, cursors and random states, safe in JSON", async () => {
    await withTraining(tasks(), settings, async (training) => {
      expect(await training.snapshot("best")).toBeNull();
      await allEvents(training);
      const snapshot = (await training.snapshot("latest"))!;
      const { tensors, alignment, ...rest } = snapshot;
      expect(JSON.parse(JSON.stringify(rest))).toEqual(rest);
      expect(rest).toMatchObject({ generation: 3, steps: 6 });
      // 6 examples in batches of 4, 12 in batches of 5
      expect(rest.cursors).toEqual({
        grouped: { epoch: 5, position: 4 },
        affine: { epoch: 2, position: 10 },
      });
      expect(alignment).toEqual(training.alignment());
      expect(alignment).not.toBe(training.alignment());
    });
  });

  test("of the beginning is what the first generation starts from", async () => {
    await withTraining(tasks(), settings, async (training) => {
      const first = (await training.snapshot("latest"))!;
      expect(first).toMatchObject({ generation: 0, steps: 0, optimizerSteps: {} });
      expect(Object.keys(first.tensors).filter((name) => name.startsWith("adam"))).toEqual([]);
      expect([...first.alignment]).toEqual([0, 1, 2, 3, 4, 5]);
      expect(new Set(first.tensors["bank/contexts"]!.data).size).toBe(1);
      expect([...first.tensors["private/affine/bias"]!.data]).toEqual([0.5, 0.5]);
    });
  });

  test("of the best state counts the steps that led to it", async () => {
    await withTraining(
      tasks(),
      { ...settings, generations: 6, learningRate: 0.8 },
      async (training) => {
        const events = await allEvents(training);
        const { generation } = events.findLast(({ best }) => best)!;
        expect(generation).toBeLessThan(6); // else this test shows nothing
        const best = (await training.snapshot("best"))!;
        expect(best).toMatchObject({ generation, steps: 2 * generation });
        expect((await training.snapshot("latest"))!).toMatchObject({ generation: 6, steps: 12 });
      },
    );
  });

  test("counts the steps of soft weights anew in each generation", async () => {
    await withTraining(tasks(), settings, async (training) => {
      const steps: Record<string, number>[] = [];
      for await (const _ of training.generations()) {
        steps.push({ ...(await training.snapshot("latest"))!.optimizerSteps });
      }
      expect(steps.map(({ softWeights }) => softWeights)).toEqual([2, 2, 2]);
      expect(steps.map(({ modules }) => modules)).toEqual([2, 4, 6]);
    });
  });
});
