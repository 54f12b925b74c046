import { type BackendUnavailable, useBackend } from "@muir/backend";
import type { TrainingSettings } from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, describe, expect, test } from "vitest";
import { compute, fusedComputations, standardOps } from "./backends.js";
import { affineTask, groupedTask } from "./tiny-tasks.js";
import { outcome, quick } from "./trainings.js";
import { unlikeTasks } from "./unlike-tasks.js";

/** Why this machine cannot compute on webgpu; undefined where it can. */
const noWebGpu = await useBackend("webgpu").then(
  () => undefined,
  ({ problem }: BackendUnavailable) => problem,
);
await standardOps();
afterAll(standardOps);

const settings: Partial<TrainingSettings> = {
  ...{ ...quick, contextSize: 2, burnIn: 1, generations: 3, finalGenerations: 1 },
  ...{ stepsPerGeneration: 5, learningRate: 0.02, softLearningRate: 0.1, alpha: 0.5, lambda: 2 },
};
const train = (given: Partial<TrainingSettings> = {}) =>
  outcome(
    [groupedTask({ seed: 1, batchSize: 4 }), affineTask({ seed: 2, inputs: 4, outputs: 2 })],
    { ...settings, ...given },
  );

type Outcome = Awaited<ReturnType<typeof train>>;

/** The same events and weights, rounding aside. */
function expectSameTrajectory(got: Outcome, expected: Outcome): void {
  got.events.forEach((event, i) => {
    expect(event.alignment).toEqual(expected.events[i]!.alignment);
    const losses = ({ trainLoss, validationLoss }: typeof event) =>
      tf.tensor1d([trainLoss, validationLoss]);
    expect(losses(event)).toBeCloseToTensor(losses(expected.events[i]!), { rtol: 1e-3 });
  });
  for (const [name, { data }] of Object.entries(got.snapshot.tensors)) {
    if (name.startsWith("adam")) continue;
    const other = tf.tensor1d(expected.snapshot.tensors[name]!.data);
    expect(tf.tensor1d(data), name).toBeCloseToTensor(other, { rtol: 1e-2, atol: 1e-3 });
  }
}

describe("the same seed takes the same way", () => {
  test("on wasm as on cpu, with fused kernels as with standard ops", async () => {
    await standardOps();
    const expected = await train();
    await useBackend("cpu");
    expectSameTrajectory(await train(), expected);
    await useBackend("wasm");
    expectSameTrajectory(await train(), expected);
  });

  test("on wasm with blocks shared exactly, and with nothing shared", async () => {
    for (const given of [{ contextSize: 0 }, { sharing: "none" }] as const) {
      await useBackend("cpu");
      const expected = await train(given);
      await useBackend("wasm");
      expectSameTrajectory(await train(given), expected);
    }
  });

  test.skipIf(noWebGpu)(`on webgpu as on cpu${noWebGpu ? `: ${noWebGpu}` : ""}`, async () => {
    await useBackend("cpu");
    const expected = await train();
    await useBackend("webgpu");
    tf.env().set("WEBGPU_CPU_FORWARD", false); // or small tensors would be computed by cpu
    const got = await train();
    await standardOps();
    expectSameTrajectory(got, expected);
  });

  test("with unlike tasks, dropout and streams", async () => {
    const tasks = () => unlikeTasks({ seed: 1, dropout: 0.2 });
    const given = { ...settings, block: [2, 2], lambda: 1, learningRate: 0.003 } as const;
    await standardOps();
    const expected = await outcome(tasks(), given);
    for (const way of fusedComputations) {
      await compute(way);
      expectSameTrajectory(await outcome(tasks(), given), expected);
    }
    await standardOps();
  });

  test("twice on wasm, bit for bit", async () => {
    await useBackend("wasm");
    expect(await train()).toEqual(await train());
  });
});
