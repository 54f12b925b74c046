import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { useBackend } from "@muir/backend";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { SOURCES_HASH } from "../../src/wasm/training-kernels-binary.js";
import {
  BUILDS,
  instantiateTrainingKernels,
  supportedBuild,
} from "../../src/wasm/training-kernels-module.js";
import { heapBytes, restartWasm } from "../backends.js";
import { onWasm, withWasmKernels } from "./as-on-cpu.js";

test("the committed kernels were compiled from the committed sources", () => {
  const folder = fileURLToPath(new URL("../../assembly/", import.meta.url));
  const sources = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  const hash = createHash("sha256");
  for (const name of sources.sort()) hash.update(name).update(readFileSync(folder + name));
  expect(SOURCES_HASH, "run `pnpm --filter @muir/backend assemble`").toBe(hash.digest("hex"));
});

const runnable = BUILDS.slice(BUILDS.indexOf(supportedBuild()!));

describe.each([...runnable])("the %s build of the kernels", (build) => {
  test.each([true, false])("runs on a memory that is shared: %s", (shared) => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared });
    const kernels = instantiateTrainingKernels(memory, build);
    const numbers = new Float32Array(memory.buffer);
    numbers.set([1, 2, 3, 4, 5, 6]);
    kernels.multiplyMatrices(0, 8, 64, 0, 1, 2, 2, 0, 0, 0, 0, 2, 256);
    expect([...numbers.subarray(16, 18)]).toEqual([1 * 3 + 2 * 5, 1 * 4 + 2 * 6]);
  });
});

describe("the kernels of the wasm backend", () => {
  withWasmKernels();

  test("are registered once, however often the backend is asked for", async () => {
    const names = ["BatchMatMul", "UnsortedSegmentSum", "MuirAdam"];
    const before = names.map((name) => tf.getKernel(name, "wasm").kernelFunc);
    await useBackend("wasm");
    await tf.setBackend("cpu");
    expect(names.map((name) => tf.getKernel(name, "wasm").kernelFunc)).toEqual(before);
  });

  test("say which kinds of tensors they take where the backend has no kernel either", async () => {
    const x = tf.ones([2, 2]);
    const ids = tf.tensor1d([0, 1], "bool");
    const sum = onWasm(() =>
      tf.engine().runKernel("UnsortedSegmentSum", { x, segmentIds: ids }, { numSegments: 2 }),
    );
    await expect(sum).rejects.toThrow(
      'UnsortedSegmentSum: its inputs on the backend "wasm" must be float32 (and indices int32); got x float32, segmentIds bool. Cast them with tf.cast.',
    );
  });

  test("follow the backend when it is started anew", async () => {
    await onWasm(() => tf.tidy(() => tf.matMul(tf.ones([2, 2]), tf.ones([2, 2])).dataSync()));
    await restartWasm();
    const found = await onWasm(() => tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])));
    expect(found.arraySync()).toEqual([
      [3, 3],
      [3, 3],
    ]);
  });

  test("give their scratch memory back", async () => {
    await restartWasm();
    const [before, after] = await onWasm(() =>
      tf.tidy(() => {
        const [a, b] = [tf.ones([130, 256]), tf.ones([256, 1024])];
        tf.matMul(a, b).dispose();
        const heap = heapBytes();
        for (let i = 0; i < 30; i++) tf.matMul(a, b).dispose(); // more than a MiB of scratch each
        return [heap, heapBytes()];
      }),
    );
    expect(after).toBe(before);
  });

  test("write a result that moves the heap", async () => {
    await restartWasm();
    const found = await onWasm(() => {
      const before = heapBytes();
      const rows = Math.ceil(before / 4 / 1000);
      const product = tf.matMul(tf.ones([rows, 2]), tf.fill([2, 1000], 3));
      expect(heapBytes()).toBeGreaterThan(before);
      return tf.stack([tf.min(product), tf.max(product)]);
    });
    expect(found.arraySync()).toEqual([6, 6]);
  });
});
