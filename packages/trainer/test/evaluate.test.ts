import { arrayDataset, type Dataset } from "@muir/data";
import { SOFTMAX_CROSS_ENTROPY } from "@muir/ops";
import { law } from "@muir/test-kit";
import type { BatchMetric, Snapshot, Task } from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compute, standardOps } from "./backends.js";
import { affineTask, groupedTask } from "./tiny-tasks.js";
import { allEvents, quick, tensorOf, withTraining } from "./trainings.js";
import { languageTask, unlikeTasks } from "./unlike-tasks.js";

const short = { ...quick, generations: 3, finalGenerations: 1, softLearningRate: 0.3 };

/** The mean squared errors of the validation split with Eq. 5 written out, from a snapshot alone. */
function validationByHand(snapshot: Snapshot, { splits, architecture }: Task): number[] {
  const { size } = splits.validation;
  const { inputs, targets } = splits.validation.batch(
    Int32Array.from({ length: size }, (_, i) => i),
  );
  const modules = snapshot.tensors["bank/modules"]!;
  const contexts = snapshot.tensors["bank/contexts"]!;
  const [, contextSize, width] = modules.shape as [number, number, number];
  return Array.from({ length: architecture.tasks }, (_, task) => {
    const module = snapshot.alignment[task]!;
    const weights = Array.from({ length: width }, (_, i) =>
      Array.from({ length: contextSize }, (_, c) => c).reduce(
        (sum, c) =>
          sum +
          contexts.data[task * contextSize + c]! *
            modules.data[(module * contextSize + c) * width + i]!,
        0,
      ),
    );
    const errors = Array.from({ length: size }, (_, example) => {
      const first = (task * size + example) * width;
      const output = weights.reduce((sum, w, i) => sum + w * inputs.data[first + i]!, 0);
      return (output - targets.data[task * size + example]!) ** 2;
    });
    return errors.reduce((sum, error) => sum + error, 0) / size;
  });
}

describe("a generation's validation", () => {
  const cases = fc.record({
    contextSize: fc.integer({ min: 1, max: 3 }),
    selection: fc.constantFrom("belief", "random", "none"),
    seed: fc.noShrink(fc.nat({ max: 1_000_000 })),
  });
  law(
    "takes each location's module alone, and numbers after the last step",
    cases,
    async ({ seed, ...settings }) => {
      const task = groupedTask({ seed });
      await withTraining([task], { ...short, ...settings, seed }, async (training) => {
        for await (const event of training.generations()) {
          const snapshot = (await training.snapshot("latest"))!;
          expect(snapshot.alignment).toEqual(event.alignment);
          const expected = tf.tensor1d(validationByHand(snapshot, task));
          const { validationLoss, validationMetric } = event.tasks["grouped"]!;
          const close = { rtol: 1e-4, atol: 1e-5 };
          expect(tf.tensor1d([...validationLoss])).toBeCloseToTensor(expected, close);
          expect(tf.tensor1d([...validationMetric])).toBeCloseToTensor(tf.sqrt(expected), close);
        }
      });
    },
    { runs: 10 },
  );
});

describe("evaluate", () => {
  test("judges the weights that it hands out", async () => {
    const task = groupedTask({ seed: 3 });
    await withTraining([task], short, async (training) => {
      await allEvents(training);
      const { weight } = training.weights()["grouped"] as { weight: tf.Tensor };
      expect(weight.shape).toEqual([4, 4, 1]);
      const { size } = task.splits.test;
      const all = task.splits.test.batch(Int32Array.from({ length: size }, (_, i) => i));
      const [x, y] = [all.inputs, all.targets].map(({ data, shape }) =>
        tf.tensor(data, [...shape]),
      );
      const errors = tf.squaredDifference(tf.matMul(x!, weight), y!);
      const { loss, metric } = (await training.evaluate("test"))["grouped"]!;
      const expected = tf.mean(errors, [1, 2]);
      expect(tf.tensor1d([...loss])).toBeCloseToTensor(expected, { rtol: 1e-4 });
      expect(tf.tensor1d([...metric])).toBeCloseToTensor(tf.sqrt(expected), { rtol: 1e-4 });
    });
  });

  test("starts a stream anew for each pass, carries it on, and changes nothing", async () => {
    const task = affineTask({ seed: 1, inputs: 2, outputs: 2, streams: 3 });
    await withTraining([task], { ...short, block: [1, 2] }, async (training) => {
      await allEvents(training);
      const before = (await training.snapshot("latest"))!;
      const first = await training.evaluate("validation");
      expect(await training.evaluate("validation")).toEqual(first);
      expect((await training.snapshot("latest"))!).toEqual(before);

      const { weight, bias } = training.weights()["affine"] as Record<"weight" | "bias", tf.Tensor>;
      const average = tensorOf(before, "state/affine/average");
      const all = task.splits.validation.batch(Int32Array.from({ length: 12 }, (_, i) => i));
      const centred = tf.sub(tf.tensor(all.inputs.data, [12, 2]), average) as tf.Tensor2D;
      const seen = tf.tensor2d([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3], [12, 1]);
      const outputs = tf.add(
        tf.add(tf.matMul(centred, weight as tf.Tensor2D), bias),
        tf.mul(seen, 0.125),
      );
      const loss = tf.mean(tf.squaredDifference(outputs, tf.tensor(all.targets.data, [12, 2])));
      expect(first["affine"]!.loss[0]).toBeCloseTo(loss.dataSync()[0]!, 5);
    });
  });

  test("uploads a large split in parts of 16 MiB at most, a small one once and for all", async () => {
    const uploads = async (examples: number) => {
      const { splits, ...task } = affineTask({ seed: 1, inputs: 1023, outputs: 1 });
      const zeros = (width: number) => ({
        shape: [examples, width],
        data: new Float32Array(width * examples),
      });
      const large = arrayDataset({ name: "zeros", inputs: zeros(1023), targets: zeros(1) });
      const sizes: number[] = [];
      const test: Dataset = {
        ...large,
        batch(indices) {
          sizes.push(indices.length);
          return large.batch(indices);
        },
      };
      const all = [{ ...task, splits: { ...splits, test }, batchSize: 1_000_000 }];
      return withTraining(all, { ...short, block: [512, 1] }, async (training) => {
        const evaluation = await training.evaluate("test");
        const { numBytes } = tf.memory();
        expect(await training.evaluate("test")).toEqual(evaluation);
        expect(tf.memory().numBytes).toBe(numBytes);
        return sizes;
      });
    };
    expect(await uploads(100)).toEqual([100]);
    const most = 2 ** 24 / 4 / 1024;
    expect(await uploads(most + 5)).toEqual([most, 5, most, 5]);
  });

  test("judges unlike tasks by the weights that it hands out, each by its own metric", async () => {
    await compute("wasm, two threads");
    const tasks = unlikeTasks({ seed: 6, dropout: 0.2 });
    const slow = { ...short, block: [2, 2], contextSize: 4, learningRate: 0.003 } as const;
    await withTraining(tasks, slow, async (training) => {
      await allEvents(training);
      const found = await training.evaluate("test");
      const weights = training.weights();
      const [vision, , genomics] = tasks;
      for (const { name, architecture, splits, loss, metric } of [vision!, genomics!]) {
        const all = splits.test.batch(Int32Array.from({ length: splits.test.size }, (_, i) => i));
        const [inputs, targets] = [all.inputs, all.targets].map(({ data, shape }) =>
          tf.tensor(data, [...shape], data instanceof Float32Array ? "float32" : "int32"),
        ) as [tf.Tensor, tf.Tensor];
        const context = { training: false, random: () => 0, state: {} };
        const { outputs } = architecture.apply(weights[name]!, inputs, context);
        const expected = loss.of(outputs, targets, 1).dataSync()[0]!;
        expect(found[name]!.loss[0]).toBeCloseTo(expected, 5);
        const measured = (metric as BatchMetric).measure(outputs, targets, 1).dataSync();
        expect(found[name]!.metric[0], name).toBeCloseTo(
          (metric as BatchMetric).value([measured]),
          5,
        );
      }
      const { loss, metric } = found["language"]!;
      expect(metric[0]).toBeCloseTo(Math.exp(loss[0]!), 10);
    });
    await standardOps();
  });

  test("computes the softmax over a vocabulary once a batch", async () => {
    await compute("wasm, two threads");
    await withTraining([languageTask({ seed: 1 })], { block: [2, 2] }, async (training) => {
      const { kernels } = await tf.profile(async () => {
        await training.evaluate("test");
        return [];
      });
      const softmaxes = kernels.filter(({ name }) => name === SOFTMAX_CROSS_ENTROPY);
      expect(softmaxes.length).toBe(4); // windows
    });
    await standardOps();
  });

  test("rejects an architecture that draws while it is used", async () => {
    const { architecture, ...rest } = affineTask({ seed: 1, inputs: 2, outputs: 2 });
    const noisy: typeof architecture = {
      ...architecture,
      apply(parameters, inputs, context) {
        context.random();
        return architecture.apply(parameters, inputs, context);
      },
    };
    await withTraining(
      [{ ...rest, architecture: noisy }],
      { ...short, block: [1, 2] },
      async (training) => {
        await expect(training.evaluate("test")).rejects.toThrow(
          "evaluate: an architecture must draw nothing when it is not training.",
        );
      },
    );
  });

  test("takes integer data as it is", async () => {
    const { splits, ...task } = affineTask({ seed: 1, inputs: 2, outputs: 1 });
    const whole = arrayDataset({
      name: "whole numbers",
      inputs: { shape: [2, 2], data: Uint8Array.of(1, 2, 3, 4) },
      targets: { shape: [2, 1], data: Int32Array.of(-1, 5) },
    });
    await withTraining(
      [{ ...task, splits: { ...splits, test: whole } }],
      { block: [2, 1], selection: "none" },
      async (training) => {
        const { loss } = (await training.evaluate("test"))["affine"]!;
        expect(loss[0]).toBeGreaterThan(0);
      },
    );
  });
});
