import { BackendUnavailable, inspectBackends, useBackend } from "@muir/backend";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { leaveAsFound } from "./backends.js";
import { runWith } from "./stand-ins/project.js";
import { trainingCases } from "./training-cases/all-cases.js";
import { differences, openCase, type TrainingCase } from "./training-cases/training-case.js";

const device = await useBackend("webgpu").then(
  (active) => active.device,
  (error: BackendUnavailable) => error,
);
await leaveAsFound();
const missing = device instanceof BackendUnavailable ? device.problem : undefined;

/** A step of a case on the backend in use, and how many tensors it left behind. */
async function stepOf(given: TrainingCase) {
  const { numTensors } = tf.memory();
  const { step, dispose } = openCase(given);
  const numbers = await step();
  dispose();
  return { numbers, left: tf.memory().numTensors - numTensors };
}

describe.skipIf(missing)(`training on webgpu${missing ? `: ${missing}` : ""}`, () => {
  beforeEach(async () => {
    await useBackend("webgpu");
    tf.env().set("WEBGPU_CPU_FORWARD", false); // or small tensors would be computed by cpu
    tf.env().set("IS_TEST", false); // see generate-blocks.test.ts
  });
  afterEach(async () => {
    tf.env().set("IS_TEST", true);
    await leaveAsFound();
  });
  afterAll(leaveAsFound);

  test.each(trainingCases)("has the loss and all gradients of cpu: $name", async (given) => {
    const found = await stepOf(given);
    await useBackend("cpu");
    const expected = await stepOf(given);
    for (const [name, apart] of Object.entries(differences(found.numbers, expected.numbers))) {
      expect(apart, name).toBeLessThan(1e-4);
    }
    expect(found.left).toBe(0);
  });

  test("names the device, and passes over an emulated one unless asked for it", async () => {
    const status = (await inspectBackends()).find(({ name }) => name === "webgpu")!;
    expect(status).toMatchObject({ works: true, device });
    expect(device).toMatch(/^[CG]PU through WebGPU.*: \w+/);
    const { name, skipped } = await useBackend();
    const isPassedOver = "emulated" in status && status.emulated;
    if (!isPassedOver) return expect(name).toBe("webgpu");
    const problem = expect.stringContaining("computes in software on the CPU");
    expect(skipped).toContainEqual({ name: "webgpu", problem, remedy: expect.any(String) });
  });

  test("lets a program end by itself, and tells it of what the device could not do", async () => {
    const { code, report, err } = await runWith(
      {},
      `import * as tf from "@tensorflow/tfjs-core";
       import { useBackend } from "@muir/backend";
       await useBackend("webgpu");
       const sum = tf.sum(tf.ones([64, 64]));
       const read = () => sum.data().then(([value]) => value, ({ message }) => message);
       let synchronously;
       try { synchronously = sum.dataSync()[0]; } catch ({ message }) { synchronously = message; }
       const before = await read();
       tf.backend().device.createBuffer({ size: 4, usage: 0 }); // which is for nothing
       const added = tf.add(tf.ones([64, 64]), sum);
       const after = await added.data().then(String, ({ message }) => message);
       console.log(JSON.stringify({ synchronously, before, after }));`,
      { linked: ["webgpu", "@tensorflow/tfjs-backend-webgpu"] },
    );
    expect({ code, report }, err).toEqual({
      code: 0,
      report: {
        synchronously: expect.stringContaining("must be read with `await tensor.data()`"),
        before: 4096,
        after: expect.stringContaining("the device must do all that it is told; got GPU"),
      },
    });
  });
});
