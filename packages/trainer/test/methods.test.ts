import { law } from "@muir/test-kit";
import type { TrainingSettings } from "@muir/trainer";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { affineTask, groupedTask } from "./tiny-tasks.js";
import { allEvents, outcome, quick, withTraining } from "./trainings.js";

const short = { ...quick, finalGenerations: 1 };

describe("independent training (sharing none)", () => {
  const stl = { ...short, sharing: "none" } as const;

  test("has no locations, no modules and every parameter private", async () => {
    const tasks = [groupedTask({ seed: 1 }), affineTask({ seed: 2, inputs: 3, outputs: 2 })];
    await withTraining(tasks, stl, async (training) => {
      const events = await allEvents(training);
      expect(training.modules).toBe(0);
      expect(training.parameters()).toBe(16 + 8);
      expect(training.plan.locations).toBe(0);
      for (const event of events) {
        expect(event).toMatchObject({ activeModules: 0, changedLocations: 0, parameters: 16 + 8 });
        expect(event.alignment.length).toBe(0);
      }
      const names = Object.keys((await training.snapshot("latest"))!.tensors);
      expect(names.filter((name) => !/^(adam|state)[/]/.test(name)).sort()).toEqual([
        "private/affine/bias",
        "private/affine/weight",
        "private/grouped/weight",
      ]);
    });
  });

  test("trains each task as if the others were not there", async () => {
    const a = groupedTask({ seed: 1, batchSize: 4 });
    const b = affineTask({ seed: 2, inputs: 3, outputs: 2, batchSize: 4 });
    // the best state is the best of the sum: compare before it is restored
    const weights = async (tasks: Parameters<typeof withTraining>[0]) =>
      withTraining(tasks, stl, async (training) => {
        await training.generations().next();
        return (await training.snapshot("latest"))!.tensors["private/affine/weight"];
      });
    expect(await weights([b])).toEqual(await weights([a, b]));
  });
});

describe("a given alignment (oracle)", () => {
  const oracle: Partial<TrainingSettings> = {
    ...short,
    ...{ selection: "none", modules: 2, initialAlignment: "given", alignment: [0, 0, 1, 1] },
  };

  test("stays as it is, and shares from the first step", async () => {
    const { events } = await outcome([groupedTask({ seed: 1 })], oracle);
    for (const event of events) {
      expect([...event.alignment]).toEqual([0, 0, 1, 1]);
      expect(event).toMatchObject({ activeModules: 2, changedLocations: 0, parameters: 2 * 4 + 4 });
    }
  });

  test("needs one location only", async () => {
    const lone = { ...oracle, block: [4, 4] as const, modules: 1, alignment: [0] };
    const task = affineTask({ seed: 1, inputs: 4, outputs: 3 });
    const { events } = await outcome([task], lone);
    expect(events.length).toBe(5);
  });
});

describe("random selection", () => {
  law(
    "does not depend on what is believed",
    fc.record({ seed: fc.noShrink(fc.nat({ max: 1_000_000 })) }),
    async ({ seed }) => {
      const alignments = async (settings: Partial<TrainingSettings>) => {
        const all = { ...short, selection: "random", seed, ...settings } as const;
        const { events } = await outcome([groupedTask({ seed })], { ...all, finalGenerations: 0 });
        return events.map(({ alignment }) => [...alignment]);
      };
      const expected = await alignments({});
      expect(await alignments({ softLearningRate: 5, learningRate: 0.3 })).toEqual(expected);
    },
    { runs: 10 },
  );
});
