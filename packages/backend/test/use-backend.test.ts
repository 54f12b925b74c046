import { availableParallelism } from "node:os";
import {
  BACKEND_NAMES,
  type BackendName,
  BackendUnavailable,
  inspectBackends,
  isBackendName,
  isBackendUnavailable,
  registerTrainingKernels,
  useBackend,
} from "@muir/backend";
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, describe, expect, test } from "vitest";
import { fusedKernels, heapBackends, leaveAsFound, restartWasm } from "./backends.js";

afterEach(leaveAsFound);

const failure = (name: BackendName) =>
  useBackend(name).then(
    () => expect.unreachable(`${name} works`),
    (error: unknown) => error as BackendUnavailable,
  );

/** Backends that this machine lacks; which ones depends on what is installed. */
const missing = async () => (await inspectBackends()).filter((status) => !status.works);

/** Lets `kernel` of the cpu backend double its result while `run` runs. */
async function withBroken(kernel: string, run: () => Promise<void>): Promise<void> {
  const sound = tf.getKernel(kernel, "cpu")!;
  tf.unregisterKernel(kernel, "cpu");
  tf.registerKernel({
    ...sound,
    kernelFunc(params) {
      const result = sound.kernelFunc(params) as tf.TensorInfo;
      const cpu = params.backend as { readSync(dataId: object): Float32Array };
      const values = cpu.readSync(result.dataId);
      values.forEach((value, i) => {
        values[i] = 2 * value;
      });
      return result;
    },
  });
  try {
    await run();
  } finally {
    tf.unregisterKernel(kernel, "cpu");
    tf.registerKernel(sound);
  }
}

describe("useBackend", () => {
  test.each(heapBackends)("computes on %s when asked for it by name", async (name) => {
    await restartWasm(); // nobody has chosen a number of threads
    const active = await useBackend(name);
    expect(active).toEqual({
      name,
      device: expect.stringContaining("CPU through"),
      threads: name === "wasm" ? availableParallelism() : 1,
      skipped: [],
    });
    expect(tf.getBackend()).toBe(name);
    for (const kernel of fusedKernels) expect(tf.getKernel(kernel, name)).toBeDefined();
  });

  test("by itself takes the first that works, and says what is wrong with those before", async () => {
    const { name, skipped } = await useBackend();
    const before = BACKEND_NAMES.slice(0, BACKEND_NAMES.indexOf(name));
    expect(skipped.map((entry) => entry.name)).toEqual(before);
    for (const entry of skipped) {
      expect(entry.problem).toMatch(/\.$/);
      expect(entry.remedy).toMatch(/\.$/);
    }
    const again = { name, device: expect.any(String), threads: expect.any(Number), skipped };
    expect(await useBackend("auto")).toEqual(again);
    const first = (await inspectBackends()).find((status) => status.works && !status.emulated);
    expect(first?.name).toBe(name);
  });

  test.each(heapBackends)("stays on %s when another is not there", async (present) => {
    for (const { name } of await missing()) {
      await useBackend(present);
      const error = await failure(name);
      expect(isBackendUnavailable(error)).toBe(true);
      expect(error).toBeInstanceOf(BackendUnavailable);
      expect(error.message).toBe(
        `useBackend: backend "${name}" must work on this machine; got: ${error.problem} ${error.remedy}`,
      );
      expect(error.remedy).toMatch(/\.$/);
      expect(tf.getBackend()).toBe(present);
      expect(tf.square(3).dataSync()[0]).toBe(9);
    }
  });

  test("says that a backend is not installed", async () => {
    for (const status of await missing()) {
      if (status.works || !status.problem.includes("installed")) continue;
      expect(status.problem).toBe("it is not installed.");
    }
  });

  test("names the backends there are when given another name", async () => {
    const wrong = useBackend("cuda" as BackendName);
    await expect(wrong).rejects.toThrow(
      'name must be "auto" or one of tfjs-node-gpu, tfjs-node, webgpu, wasm, cpu; got "cuda".',
    );
    await expect(wrong).rejects.toBeInstanceOf(RangeError);
    expect(isBackendName("cuda")).toBe(false);
    expect(isBackendName("wasm")).toBe(true);
  });

  test.each(["Relu", "Step", "BatchMatMul"])(
    "rejects a backend whose %s computes something else, and goes back",
    async (kernel) => {
      await useBackend("wasm");
      const { numTensors } = tf.memory();
      await withBroken(kernel, async () => {
        const error = await failure("cpu");
        expect(error.problem).toMatch(/gradient of a small step is \[.*\] instead of \[4,8\]/);
        expect(tf.getBackend()).toBe("wasm");
      });
      expect(tf.memory().numTensors).toBe(numTensors);
    },
  );
});

describe("inspectBackends", () => {
  test.each(heapBackends)("tries all of them in order and goes back to %s", async (before) => {
    await useBackend(before);
    const statuses = await inspectBackends();
    expect(statuses.map(({ name }) => name)).toEqual([...BACKEND_NAMES]);
    expect(tf.getBackend()).toBe(before);
    for (const name of heapBackends) {
      const device = expect.any(String);
      expect(statuses).toContainEqual({ name, works: true, device, emulated: false });
    }
  });
});

describe("registerTrainingKernels", () => {
  test("registers each kernel once, however often it is asked", () => {
    registerTrainingKernels("cpu");
    const first = fusedKernels.map((kernel) => tf.getKernel(kernel, "cpu"));
    registerTrainingKernels("cpu");
    expect(fusedKernels.map((kernel) => tf.getKernel(kernel, "cpu"))).toEqual(first);
  });

  test("registers nothing where the host does not reach the numbers", () => {
    registerTrainingKernels("webgl");
    for (const kernel of fusedKernels) expect(tf.getKernel(kernel, "webgl")).toBeUndefined();
  });
});
