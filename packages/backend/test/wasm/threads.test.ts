import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { inspectBackends, useBackend } from "@muir/backend";
import { type Bank, generateBlocks } from "@muir/hypermodule";
import { law, normal, seeds } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { engineOf } from "../../src/wasm/kernel-engine.js";
import type { WasmBackend } from "../../src/wasm/wasm-backend.js";
import { drawGenerator, generatorCases } from "../arbitrary-generators.js";
import { leaveAsFound } from "../backends.js";
import { convolutions } from "./arbitrary-convolutions.js";
import { onWasm } from "./as-on-cpu.js";

afterAll(async () => {
  await useBackend("wasm", { threads: 1 });
  await leaveAsFound();
});

/** The numbers that `run` gives with so many threads, all of its work in as many parts as there can be. */
async function withThreads(threads: number, run: () => tf.Tensor | tf.Tensor[]): Promise<string[]> {
  await useBackend("wasm", { threads });
  await tf.setBackend("cpu");
  const found = await onWasm(() => {
    engineOf(tf.backend() as unknown as WasmBackend).sharing.leastCost = 1;
    return run();
  });
  // as text, so that signs of zero count, too
  return [found].flat().map((tensor) => String([...tensor.dataSync()].map((x) => 1 / x)));
}

/** Expects the same bits from one thread and from three. */
async function expectSame(run: () => tf.Tensor | tf.Tensor[]): Promise<void> {
  const alone = await withThreads(1, run);
  expect(await withThreads(3, run)).toEqual(alone);
}

const runs = { runs: 12 };

describe("kernels on several threads give the very numbers of one", () => {
  const products = fc.record({
    stack: fc.integer({ min: 1, max: 4 }),
    sides: fc.tuple(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(1, 17, 300),
    ),
    transposeA: fc.boolean(),
    transposeB: fc.boolean(),
    seed: seeds(),
  });
  law(
    "for products",
    products,
    async ({ stack, sides: [m, n, k], transposeA, transposeB, seed }) => {
      const a = normal([stack, ...(transposeA ? [k, m] : [m, k])], seed);
      const b = normal([stack, ...(transposeB ? [n, k] : [k, n])], seed + 1);
      const bias = normal([n], seed + 2);
      await expectSame(() => [
        tf.matMul(a, b, transposeA, transposeB),
        tf.fused.matMul({ a, b, transposeA, transposeB, bias }),
      ]);
    },
    runs,
  );

  law(
    "for convolutions and their gradients",
    convolutions,
    async ({ images, size, filter, channels, strides, pad, seed }) => {
      const x = normal([images + 1, ...size, channels[0]], seed) as tf.Tensor4D;
      const weights = normal([...filter, ...channels], seed + 1) as tf.Tensor4D;
      const convolve = (y: tf.Tensor, f: tf.Tensor) =>
        tf.conv2d(y as tf.Tensor4D, f as tf.Tensor4D, strides, pad);
      await expectSame(() => {
        const { value, grads } = tf.valueAndGrads((y: tf.Tensor, f: tf.Tensor) =>
          tf.sum(tf.square(convolve(y, f))),
        )([x, weights]);
        return [value, ...grads];
      });
    },
    runs,
  );

  law(
    "for depthwise convolutions and their gradients",
    convolutions,
    async ({ images, size, filter, channels, strides, pad, seed }) => {
      const x = normal([images + 1, ...size, channels[0]], seed) as tf.Tensor4D;
      const weights = normal([...filter, channels[0], 2], seed + 1) as tf.Tensor4D;
      await expectSame(() =>
        tf.grads((y: tf.Tensor, f: tf.Tensor) =>
          tf.sum(tf.depthwiseConv2d(y as tf.Tensor4D, f as tf.Tensor4D, strides, pad)),
        )([x, weights]),
      );
    },
    runs,
  );

  law(
    "for generated blocks and their gradients",
    generatorCases,
    async (given) => {
      const { bank, softWeights, gradient } = drawGenerator(given);
      const inputs = [bank.modules, bank.contexts, ...(softWeights ? [softWeights] : [])];
      const generate = (modules: tf.Tensor, contexts: tf.Tensor, soft?: tf.Tensor) =>
        generateBlocks(
          { modules, contexts } as Bank,
          given.candidates,
          soft as tf.Tensor2D | undefined,
        );
      await expectSame(() => {
        const { value, grads } = tf.valueAndGrads(generate as never)(inputs, gradient as never);
        return [value, ...grads];
      });
    },
    runs,
  );

  const rows = fc.record({
    count: fc.integer({ min: 1, max: 30 }),
    row: fc.integer({ min: 1, max: 50 }),
    seed: seeds(),
  });
  law(
    "for gathered rows and sums of segments",
    rows,
    async ({ count, row, seed }) => {
      const table = normal([7, row], seed);
      const upstream = normal([count, row], seed + 1);
      const indices = tf.tensor1d(
        Array.from({ length: count }, (_, i) => (i * i + seed) % 7),
        "int32",
      );
      await expectSame(() => {
        const gather = (x: tf.Tensor) => tf.gather(x, indices);
        return [gather(table), tf.grad(gather)(table, upstream)];
      });
    },
    runs,
  );
});

describe("threads of the wasm backend", () => {
  test("are as many as asked for", async () => {
    for (const threads of [2, 1, 3]) {
      const active = await useBackend("wasm", { threads });
      expect(active.threads).toBe(threads);
      expect(active.device).toMatch(threads === 1 ? /one thread$/ : `${threads} threads`);
      expect(engineOf(tf.backend() as unknown as WasmBackend).sharing.threads).toBe(threads);
    }
    expect((await useBackend("wasm")).threads).toBe(3); // those that run already
    await useBackend("wasm", { threads: 1 });
    await inspectBackends();
    expect((await useBackend("wasm")).threads).toBe(1); // the program's choice
  });

  test.each([0, 1.5, 257])("cannot be %s", async (threads) => {
    await expect(useBackend("wasm", { threads })).rejects.toThrow(
      `useBackend: threads must be an integer from 1 to 256; got ${threads}.`,
    );
  });

  test("keep no program from ending, and are refused where the memory is not shared", () => {
    const program = fileURLToPath(new URL("unshared-program.ts", import.meta.url));
    const flags = ["--import", "tsx", "--conditions", "@muir/source"];
    const printed = execFileSync(process.execPath, [...flags, program], { encoding: "utf8" });
    const [device, error, auto] = printed.trim().split("\n");
    expect(device).toBe(
      "CPU through WebAssembly with SIMD, one thread (its memory is not shared: it was started before useBackend)",
    );
    expect(error).toContain(
      'useBackend: backend "wasm" must work on this machine; got: 2 threads cannot be had: its memory is not shared: it was started before useBackend. Call useBackend before tf.setBackend and tf.ready, in a page that is cross-origin isolated, or ask for one thread.',
    );
    expect(auto).toBe(`wasm: ${device}`); // not plain JavaScript, for the sake of threads
  });
});
