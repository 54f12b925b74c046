import { arrayDataset } from "@muir/data";
import { wideResNet } from "@muir/models";
import { createRandom, standardNormal } from "@muir/random";
import { crossEntropy, errorPercent, type SnapshotTensor, type Task } from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compute, standardOps } from "./backends.js";
import { allEvents, quick, tensorOf, withTraining } from "./trainings.js";
import { languageTask } from "./unlike-tasks.js";

beforeAll(() => compute("wasm, two threads"));
afterAll(standardOps);

/** A residual network with batch normalization; the brightness of images tells their class. */
function residualTask(): Task {
  const random = createRandom(1);
  const split = () => {
    const labels = Array.from({ length: 8 }, () => Math.floor(2 * random()));
    const pixels = labels.flatMap((label) =>
      Array.from({ length: 64 }, () => label + standardNormal(random)),
    );
    return arrayDataset({
      name: "images",
      inputs: { shape: [8, 8, 8, 1], data: Float32Array.from(pixels) },
      targets: { shape: [8], data: Int32Array.from(labels) },
    });
  };
  const architecture = wideResNet({ depth: 10, filters: 2, classes: 2, inputShape: [8, 8, 1] });
  const splits = { train: split(), validation: split(), test: split() };
  const judged = { loss: crossEntropy, metric: errorPercent };
  return { name: "residual", architecture, splits, ...judged, batchSize: 4 };
}

const settings = { ...quick, block: [2, 2], generations: 6, finalGenerations: 0 } as const;
const averages = "state/residual/norm.mean";

describe("batch-norm averages", () => {
  test("are carried through training, and evaluation changes nothing of them", async () => {
    await withTraining([residualTask()], settings, async (training) => {
      const seen: string[] = [];
      for await (const _ of training.generations()) {
        const snapshot = (await training.snapshot("latest"))!;
        seen.push(String(snapshot.tensors[averages]!.data));
        await training.evaluate("validation");
        expect((await training.snapshot("latest"))!.tensors).toEqual(snapshot.tensors);
      }
      expect(new Set(seen).size).toBe(seen.length);
    });
  });

  test("are what evaluation normalizes by", async () => {
    const task = residualTask();
    await withTraining([task], settings, async (training) => {
      await allEvents(training);
      const snapshot = (await training.snapshot("latest"))!;
      const names = Object.keys(task.architecture.initialState!(1));
      const state = Object.fromEntries(
        names.map((name) => [name, tensorOf(snapshot, `state/residual/${name}`)]),
      );
      const all = task.splits.test.batch(Int32Array.from({ length: 8 }, (_, i) => i));
      const context = { training: false, random: () => 0, state };
      const images = tf.tensor(all.inputs.data, [8, 8, 8, 1]);
      const { outputs } = task.architecture.apply(training.weights()["residual"]!, images, context);
      const labels = tf.tensor1d(all.targets.data, "int32");
      const expected = crossEntropy.of(outputs, labels, 1).dataSync()[0]!;
      const { loss } = (await training.evaluate("test"))["residual"]!;
      expect(loss[0]).toBeCloseTo(expected, 5);
    });
  });

  test("and the state of streams belong to the best state", async () => {
    const tasks = [residualTask(), languageTask({ seed: 1 })];
    const unsteady = { ...settings, learningRate: 0.5, stepsPerGeneration: 1 };
    await withTraining(tasks, unsteady, async (training) => {
      const states: Record<string, SnapshotTensor>[] = [];
      const losses: number[] = [];
      for await (const { validationLoss } of training.generations()) {
        const { tensors } = (await training.snapshot("latest"))!;
        const named = Object.entries(tensors).filter(([name]) => name.startsWith("state/"));
        states.push(Object.fromEntries(named));
        losses.push(validationLoss);
      }
      const best = losses.indexOf(Math.min(...losses));
      expect(best).toBeLessThan(losses.length - 1); // else this test shows nothing
      expect((await training.snapshot("best"))!.tensors).toMatchObject(states[best]!);
      expect((await training.snapshot("latest"))!.tensors).toMatchObject(states.at(-1)!);
      const present = training.states();
      const cell = present["language"]!["lstm2.cell"]!;
      expect(cell.dataSync()).toEqual(states[best]!["state/language/lstm2.cell"]!.data);
      tf.dispose(present);
      expect(states[best]).toHaveProperty(["state/language/lstm2.cell"]);
      expect(states[best]).toHaveProperty([averages]);
    });
  });
});
