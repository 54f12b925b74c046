import { describe, expect, test } from "vitest";
import { runWith, type StandIns } from "./stand-ins/project.js";
import { type AdapterInfo, webGpu, webGpuBackend } from "./stand-ins/webgpu.js";

const nvidia = { vendor: "nvidia", architecture: "ampere", description: "NVIDIA GeForce RTX 3080" };
const fallback = { vendor: "acme", architecture: "in-software", isFallbackAdapter: true };

const installed = (info: AdapterInfo | null) => ({ ...webGpu(info), ...webGpuBackend });

/** What `program` assigns to `report`, which is a promise. */
async function reported(standIns: StandIns, program: string): Promise<unknown> {
  const { code, report, err } = await runWith(
    standIns,
    `import * as tf from "@tensorflow/tfjs-core";
     import { inspectBackends, useBackend } from "@muir/backend";
     await tf.setBackend("cpu");
     const told = ({ problem, remedy, message }) => ({ problem, remedy, message });
     const hasGpu = () => globalThis.navigator?.gpu !== undefined;
     ${program}
     console.log(JSON.stringify(report));`,
  );
  expect(code, err).toBe(0);
  return report;
}

/** What useBackend says or throws, the backend that is current then, and whether there is WebGPU. */
const use = (name: string, standIns: StandIns, before = "") =>
  reported(
    standIns,
    `${before}
     const tried = await useBackend("${name}").catch(told);
     const report = { ...tried, message: undefined, current: tf.getBackend(), hasGpu: hasGpu() };`,
  );

describe.concurrent("loading WebGPU in Node", () => {
  test("names the device that computes", async () => {
    expect(await use("webgpu", installed(nvidia))).toEqual({
      name: "webgpu",
      threads: 1,
      device: "GPU through WebGPU: nvidia ampere (NVIDIA GeForce RTX 3080)",
      skipped: [],
      ...{ current: "webgpu", hasGpu: true },
    });
  });

  test("says no more of a device than it tells", async () => {
    const anonymous = await use("webgpu", installed({}));
    expect(anonymous).toMatchObject({ device: "GPU through WebGPU" });
  });

  test("prefers a GPU to wasm by itself", async () => {
    expect(await use("auto", installed(nvidia))).toMatchObject({ name: "webgpu" });
  });

  test("takes an emulated GPU only by name", async () => {
    const passedOver = await use("auto", installed(fallback));
    expect(passedOver).toMatchObject({ name: "wasm", current: "wasm", hasGpu: false });
    expect(passedOver).toHaveProperty("skipped.2", {
      name: "webgpu",
      problem:
        "its only adapter computes in software on the CPU, slower than wasm does: acme in-software.",
      remedy: expect.stringContaining('useBackend("webgpu")'),
    });
    expect(await use("webgpu", installed(fallback))).toMatchObject({
      device: "CPU through WebGPU, emulating a GPU: acme in-software",
      current: "webgpu",
    });
  });

  test("knows an emulated GPU by its name, too", async () => {
    const llvmpipe = { vendor: "mesa", device: "llvmpipe (LLVM 15.0.6, 256 bits)" };
    const report = await reported(
      installed(llvmpipe),
      "const report = { statuses: await inspectBackends(), current: tf.getBackend() };",
    );
    const device = "CPU through WebGPU, emulating a GPU: mesa (llvmpipe (LLVM 15.0.6, 256 bits))";
    expect(report).toHaveProperty("statuses.2", {
      ...{ name: "webgpu", works: true, device, emulated: true },
    });
    expect(report).toHaveProperty("current", "cpu");
  });

  test("says what a machine without an adapter lacks, and leaves nothing behind", async () => {
    expect(await use("webgpu", installed(null))).toEqual({
      problem: "WebGPU finds no adapter: no driver of a GPU that it can use.",
      remedy: expect.stringMatching(/Vulkan.*VK_ICD_FILENAMES/),
      ...{ current: "cpu", hasGpu: false },
    });
  });

  test("says which of its two packages is missing", async () => {
    expect(await use("webgpu", webGpuBackend)).toMatchObject({
      problem: "it is not installed.",
      remedy: expect.stringContaining("npm i webgpu @tensorflow/tfjs-backend-webgpu"),
    });
    expect(await use("webgpu", webGpu(nvidia))).toMatchObject({
      problem: "its package @tensorflow/tfjs-backend-webgpu is not installed.",
      remedy: expect.stringContaining("npm i @tensorflow/tfjs-backend-webgpu"),
    });
  });

  test("says so where its library was built for another system", async () => {
    const index = `import { createRequire } from "node:module";
      export const { create, globals } = createRequire(import.meta.url)("./dawn.node");`;
    const other = { webgpu: { "index.js": index, "dawn.node": "not a library" } };
    expect(await use("webgpu", other)).toMatchObject({
      problem: expect.stringMatching(/^its native library is missing or does not load: .*dawn/),
      remedy: expect.stringContaining("npm i webgpu@0.6.2"),
    });
  });

  test("says so where the backend was imported too early", async () => {
    const early = 'await import("@tensorflow/tfjs-backend-webgpu");';
    expect(await use("webgpu", installed(nvidia), early)).toMatchObject({
      problem: expect.stringContaining("was imported before there was a navigator.gpu"),
      current: "cpu",
    });
  });
});

describe.concurrent("a device that fails", () => {
  /** What reading a tensor gives or throws before and after `failing`, and whether it is used again. */
  const readAround = (failing: string) =>
    reported(
      installed(nvidia),
      `await useBackend("webgpu");
       const read = () => tf.square(3).data().then(([value]) => value, ({ message }) => message);
       const before = await read();
       ${failing}
       const report = { before, after: await read(), again: await useBackend("webgpu").catch(told) };`,
    );

  test("lets every later read reject, where it lacked memory", async () => {
    const report = await readAround(
      `class GPUOutOfMemoryError extends Error {}
       fail(new GPUOutOfMemoryError("Failed to allocate 9 GB.\\n - While calling CreateBuffer"));
       fail(new Error("a later one"));`,
    );
    const after =
      "webgpu: the device must do all that it is told; got GPUOutOfMemoryError: Failed to allocate 9 GB. What it computed since is wrong. Take smaller batches if memory was short, and start the program anew.";
    expect(report).toMatchObject({ before: 9, after, again: { problem: after } });
  });

  test("lets every later read reject, where it was lost", async () => {
    const report = await readAround(
      'lose({ reason: "unknown", message: "the driver was reset" }); await null;',
    );
    const after = expect.stringContaining("got it was lost (unknown): the driver was reset.");
    expect(report).toMatchObject({ before: 9, after });
  });

  test("does not hinder what reads synchronously where that can be done", async () => {
    const program = `await useBackend("webgpu");
       const read = () => tf.square(3).dataSync()[0];
       const before = read();
       fail(new Error("broken"));
       let after; try { after = read(); } catch ({ message }) { after = message; }
       const report = { before, after };`;
    const after = expect.stringContaining("got Error: broken.");
    expect(await reported(installed(nvidia), program)).toEqual({ before: 9, after });
  });
});
