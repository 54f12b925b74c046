import { assertLaw } from "@muir/test-kit";
import { createTraining, type TrainingCheckpoint, type TrainingSettings } from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compute, standardOps } from "./backends.js";
import { interrupted, thawed } from "./interrupted.js";
import { affineTask, groupedTask } from "./tiny-tasks.js";
import { allEvents, quick, withTraining } from "./trainings.js";
import { unlikeTasks } from "./unlike-tasks.js";

const tiny = () => [
  groupedTask({ seed: 1, batchSize: 4 }),
  affineTask({ seed: 2, inputs: 4, outputs: 2, streams: 3 }),
];
const unlike = () => unlikeTasks({ seed: 1, dropout: 0.3 });
const phases: Partial<TrainingSettings> = {
  ...quick,
  ...{ burnIn: 1, generations: 3, finalGenerations: 2, stepsPerGeneration: 3, finalAlpha: 0.5 },
  ...{ alpha: 0.9, reviveProbability: 0.3 },
};
const kinds: Record<string, Partial<TrainingSettings>> = {
  search: phases,
  "early stopping": { ...phases, generations: 9, patience: 2, learningRate: 0.5 },
  "shared exactly, random": { ...phases, contextSize: 0, selection: "random" },
  adapters: { ...phases, contextSize: 2, block: [4, 2], adapterRank: 1, moduleLearningRate: 0.01 },
  alone: { ...phases, sharing: "none" },
};

describe.each(["standard ops on cpu", "wasm, two threads"] as const)("on %s", (way) => {
  beforeAll(() => compute(way));
  afterAll(standardOps);

  test.each(Object.keys(kinds))("interruptions change nothing of %s", async (kind) => {
    const settings = kinds[kind]!;
    const whole = await interrupted(tiny, settings);
    const steps = settings.stepsPerGeneration! * whole.events.length;
    const stops = fc.uniqueArray(fc.integer({ min: 1, max: steps }), {
      minLength: 1,
      maxLength: 4,
    });
    await assertLaw(
      stops,
      async (stops) => expect(await interrupted(tiny, settings, { stops })).toEqual(whole),
      { runs: 2 },
    );
  });

  test("interruptions change nothing of unlike tasks with streams and dropout", async () => {
    const settings = { ...phases, block: [2, 2], contextSize: 2 } as const;
    const whole = await interrupted(unlike, settings);
    expect(await interrupted(unlike, settings, { stops: [1, 3, 5, 10] })).toEqual(whole);
  });

  test("going on gives all tensors back, refused or not", async () => {
    const checkpoint = await withTraining(tiny(), phases, async (training) => {
      await allEvents(training);
      return training.checkpoint();
    });
    const before = tf.memory().numTensors;
    const going = createTraining(tiny(), phases, { resume: checkpoint });
    await allEvents(going);
    going.dispose();
    expect(tf.memory().numTensors).toBe(before);
    const other = { ...phases, lambda: 2 };
    expect(() => createTraining(tiny(), other, { resume: checkpoint })).toThrow("settings.lambda");
    const half = { ...checkpoint, best: { ...checkpoint.best!, tensors: {} } };
    expect(() => createTraining(tiny(), phases, { resume: half })).toThrow(/best\.tensors/);
    expect(tf.memory().numTensors).toBe(before);
  });
});

test("a training that was stopped goes on where it stood when it is asked for more", async () => {
  const settings = kinds["early stopping"]!;
  const whole = await interrupted(tiny, settings);
  await withTraining(tiny(), settings, async (training) => {
    const events: unknown[] = [];
    for (let stopAt = 2; training.next() !== null; stopAt += 2) {
      for await (const { stepMilliseconds, ...event } of training.generations()) {
        events.push(event);
        if (event.generation === stopAt) break;
      }
    }
    expect(events).toEqual(whole.events);
    expect(await training.checkpoint()).toEqual(whole.end);
  });
});

describe("a longer training", () => {
  /** The checkpoint after a generation of a training with these settings. */
  const checkpointAt = (settings: Partial<TrainingSettings>, at: number) =>
    withTraining(tiny(), settings, async (training) => {
      for await (const { generation } of training.generations()) {
        if (generation === at) return thawed(await training.checkpoint());
      }
      return thawed(await training.checkpoint());
    });
  const steady = { ...phases, finalAlpha: null };

  test("of more final generations goes on from the end of a shorter one", async () => {
    const longer = { ...phases, finalGenerations: 5 };
    const whole = await interrupted(tiny, longer);
    const from = await checkpointAt(phases, 6);
    const { events, end, deployed } = await interrupted(tiny, longer, { from });
    expect(events.map(({ generation }) => generation)).toEqual([7, 8, 9]);
    expect([...whole.events.slice(0, 6), ...events]).toEqual(whole.events);
    expect({ end, deployed }).toEqual({ end: whole.end, deployed: whole.deployed });
  });

  test("of more search goes on from the end of the search, not from the end of all", async () => {
    const longer = { ...steady, generations: 5 };
    const whole = await interrupted(tiny, longer);
    const from = await checkpointAt(steady, 4);
    const { events, end } = await interrupted(tiny, longer, { from });
    expect(events).toEqual(whole.events.slice(4));
    expect(end).toEqual(whole.end);
    const late = await checkpointAt(steady, 6);
    expect(() => createTraining(tiny(), longer, { resume: late })).toThrow(
      "they differ in settings.generations (3 then, 5 now; its search has ended: go on from a checkpoint before the final phase).",
    );
  });

  test("of more search is refused once alpha has moved towards the search's end", async () => {
    const longer = { ...phases, generations: 4 };
    const whole = await interrupted(tiny, longer);
    const early = await checkpointAt(phases, 2); // one generation of search: alpha is still the first
    const { end } = await interrupted(tiny, longer, { from: early });
    expect(end).toEqual(whole.end);
    const late = await checkpointAt(phases, 3);
    expect(() => createTraining(tiny(), longer, { resume: late })).toThrow(
      "settings.generations (3 then, 4 now; with settings.finalAlpha, alpha depends on it from generation 2 of the search on)",
    );
  });

  test("of more search changes nothing where patience ended the search", async () => {
    const patient = { ...steady, generations: 30, patience: 1, learningRate: 0.5 };
    const longer = { ...patient, generations: 40 };
    const whole = await interrupted(tiny, longer);
    const { phase } = whole.end;
    expect(phase.name).toBe("final");
    expect(phase.start).toBeLessThan(31); // else this test shows nothing
    const from = await checkpointAt(patient, phase.start + 1);
    expect((await interrupted(tiny, longer, { from })).end).toEqual(whole.end);
  });

  test("cannot be shorter than what was done", async () => {
    const from = await checkpointAt(phases, 6);
    for (const name of ["generations", "finalGenerations"] as const) {
      const shorter = { ...phases, [name]: 1 };
      expect(() => createTraining(tiny(), shorter, { resume: from })).toThrow(`settings.${name}`);
    }
  });
});

describe("a checkpoint between two steps", () => {
  const midway = (step: number) =>
    withTraining(tiny(), phases, async (training) => {
      let [steps, taken]: [number, TrainingCheckpoint | null] = [0, null];
      const pause = async () => {
        steps += 1;
        if (steps === step) taken = await training.checkpoint();
        return true;
      };
      for await (const _ of training.generations(undefined, { pause }));
      return thawed(taken!);
    });

  test("holds who competes, what is believed of them, and the losses so far", async () => {
    const { latest, midway: open, phase } = await midway(4); // two pauses a generation
    expect(latest).toMatchObject({ generation: 1, steps: 3 });
    expect(phase).toEqual({ name: "search", start: 1 });
    expect(open!.step).toBe(2);
    expect(open!.losses["grouped"]!.length).toBe(2 * 4);
    expect(open!.competition!.locations.length).toBe(3); // half of six
    expect(open!.competition!.softWeights.shape).toEqual([3, 5]);
  });

  test("that does not fit is refused by name", async () => {
    const whole = await midway(4);
    const open = whole.midway!;
    const competition = open.competition!;
    const spoilt = {
      "midway.step": { ...open, step: 3 },
      'midway.losses["grouped"]': { ...open, losses: {} },
      "midway.competition": {
        ...open,
        competition: { ...competition, challengers: competition.challengers.map(() => 99) },
      },
      "midway.softWeights": {
        ...open,
        competition: { ...competition, softWeights: { shape: [1], data: new Float32Array(1) } },
      },
    };
    for (const [named, midway] of Object.entries(spoilt)) {
      const resume = { ...whole, midway };
      expect(() => createTraining(tiny(), phases, { resume })).toThrow(named);
    }
  });

  test("gives all tensors back, taken, resumed or left", async () => {
    const before = tf.memory().numTensors;
    const resume = await midway(4);
    createTraining(tiny(), phases, { resume }).dispose();
    await withTraining(tiny(), phases, async (training) => {
      for await (const _ of training.generations(undefined, { pause: () => false }));
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("a checkpoint", () => {
  const taken = (settings = phases) =>
    withTraining(tiny(), settings, async (training) => {
      for await (const _ of training.generations()) return training.checkpoint();
      return expect.unreachable();
    });

  test("is refused by other tasks and settings, naming every key", async () => {
    const resume = thawed(await taken());
    const [grouped, affine] = tiny();
    const tasks = [
      { ...grouped!, weight: 2 },
      affineTask({ seed: 3, inputs: 4, outputs: 2, streams: 3 }),
    ];
    const settings = { ...phases, seed: 5, patience: 4 };
    expect(() => createTraining(tasks, settings, { resume })).toThrow(
      /^createTraining: resume must be .*; they differ in settings\.patience \(null then, 4 now\), settings\.seed \(1 then, 5 now\), tasks\.grouped\.weight \(1 then, 2 now\), tasks\.affine\.train\.sample \(.* now\), tasks\.affine\.validation\.sample \(.*\)\. Give those it was made with, or start anew\.$/,
    );
    expect(() => createTraining([affine!, grouped!], phases, { resume })).toThrow("in order (");
    expect(() => createTraining([grouped!], phases, { resume })).toThrow("tasks.affine");
  });

  test("is taken with another learning rate only where that is asked for", async () => {
    const resume = thawed(await taken());
    const slower = { ...phases, learningRate: 0.01 };
    expect(() => createTraining(tiny(), slower, { resume })).toThrow("settings.learningRate");
    const training = createTraining(tiny(), slower, { resume, mayDiffer: ["learningRate"] });
    expect((await training.checkpoint()).origin.settings.learningRate).toBe(0.01);
    training.dispose();
  });

  test("does not read the test split", async () => {
    const tasks = tiny().map((task) => ({
      ...task,
      splits: {
        ...task.splits,
        test: { ...task.splits.test, batch: () => expect.unreachable("the test split was read") },
      },
    }));
    await withTraining(tasks, phases, (training) => training.checkpoint());
  });

  test("that lacks anything, or holds more, is refused by name", async () => {
    const whole = await taken();
    const { latest } = whole;
    const spoilt = {
      alignment: { ...latest, alignment: latest.alignment.map(() => 99) },
      "latest.steps": { ...latest, steps: 1 },
      '"bank/modules"': {
        ...latest,
        tensors: { ...latest.tensors, "bank/modules": { shape: [2], data: new Float32Array(2) } },
      },
      '"stray"': {
        ...latest,
        tensors: { ...latest.tensors, stray: { shape: [1], data: new Float32Array(1) } },
      },
      cursor: { ...latest, cursors: {} },
      optimizerSteps: { ...latest, optimizerSteps: { nobody: 1 } },
    };
    for (const [named, latest] of Object.entries(spoilt)) {
      const resume = { ...whole, latest };
      expect(() => createTraining(tiny(), phases, { resume })).toThrow(named);
    }
    const missing = { ...whole, best: null };
    expect(() => createTraining(tiny(), phases, { resume: missing })).toThrow("best of the");
  });

  test("is not taken of a generation that failed", async () => {
    await withTraining(tiny(), { ...phases, learningRate: 1e30 }, async (training) => {
      await expect(allEvents(training)).rejects.toThrow("must stay finite");
      await expect(training.checkpoint()).rejects.toThrow("Go on from an earlier checkpoint");
    });
  });

  test("says which phase comes next", async () => {
    await withTraining(tiny(), phases, async (training) => {
      const next: unknown[] = [training.next()];
      for await (const _ of training.generations()) next.push(training.next());
      expect(next).toEqual(["burn-in", "search", "search", "search", "final", "final", null]);
    });
  });
});
