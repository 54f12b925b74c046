import { describe, expect, test } from "vitest";
import { runWith, type StandIns } from "./stand-ins/project.js";
import { tensorFlow, throwing } from "./stand-ins/tensorflow.js";

/** What useBackend says or throws, and the backend that is current afterwards. */
async function use(name: string, standIns: StandIns = {}, before = ""): Promise<unknown> {
  const { code, report, err } = await runWith(
    standIns,
    `import * as tf from "@tensorflow/tfjs-core";
     import { useBackend } from "@muir/backend";
     await tf.setBackend("cpu");
     ${before}
     const tried = await useBackend("${name}").catch(({ problem, remedy }) => ({ problem, remedy }));
     console.log(JSON.stringify({ ...tried, current: tf.getBackend() }));`,
  );
  expect(code, err).toBe(0);
  return report;
}

describe.concurrent("loading TensorFlow through its native addon", () => {
  test.each([
    { name: "tfjs-node-gpu", gpu: true, device: "GPU through TensorFlow" },
    { name: "tfjs-node", gpu: false, device: "CPU through TensorFlow" },
    { name: "tfjs-node", gpu: true, device: "GPU through TensorFlow" },
  ] as const)("tells the device of $name: $device", async ({ name, gpu, device }) => {
    const used = await use(name, tensorFlow(name, { gpu }));
    expect(used).toEqual({ name, device, threads: 1, skipped: [], current: "tensorflow" });
  });

  test("takes the faster of those that work by itself", async () => {
    expect(await use("auto", tensorFlow("tfjs-node"))).toMatchObject({
      name: "tfjs-node",
      skipped: [{ name: "tfjs-node-gpu", problem: "it is not installed." }],
    });
  });

  test("refuses a GPU that TensorFlow does not use, and goes back", async () => {
    expect(await use("tfjs-node-gpu", tensorFlow("tfjs-node-gpu"))).toEqual({
      problem: "TensorFlow found no GPU it can use.",
      remedy: expect.stringContaining("CUDA 11.2"),
      current: "cpu",
    });
  });

  test("says so where the other package holds the place", async () => {
    const both = { ...tensorFlow("tfjs-node"), ...tensorFlow("tfjs-node-gpu", { gpu: true }) };
    expect(await use("tfjs-node-gpu", both, 'await useBackend("tfjs-node");')).toEqual({
      problem: "@tensorflow/tfjs-node, which came first, holds its place in this process.",
      remedy: "Import only one of the two in a program.",
      current: "tensorflow",
    });
  });

  test("refuses one whose gradients are wrong, and goes back", async () => {
    expect(await use("tfjs-node", tensorFlow("tfjs-node", { broken: ["Step"] }))).toEqual({
      problem: "its gradient of a small step is [8,16] instead of [4,8].",
      remedy: expect.any(String),
      current: "cpu",
    });
  });

  test("puts back what Node 23 removed before the package is imported", async () => {
    const removed = 'import utilities from "node:util"; delete utilities.isNullOrUndefined;';
    const used = await use("tfjs-node", tensorFlow("tfjs-node"), removed);
    expect(used).toMatchObject({ name: "tfjs-node", current: "tensorflow" });
  });

  test.each(["tfjs-node-gpu", "tfjs-node"] as const)(
    "says that %s is not installed",
    async (name) => {
      expect(await use(name)).toEqual({
        problem: "it is not installed.",
        remedy: expect.stringContaining(`npm i @tensorflow/${name}`),
        current: "cpu",
      });
    },
  );
});

describe.concurrent("a package without its native library", () => {
  const atImport = {
    "was not downloaded": `throw new Error("The Node.js native addon module (tfjs_binding.node) can not be found at path: /lib/tfjs_binding.node. \\nPlease run command")`,
    "is not in the package": `require("./lib/napi-v8/tfjs_binding.node")`,
    "is not for this machine": `require("./lib/broken.node")`,
    "lacks a library itself, on Windows": `throw Object.assign(new Error("The specified module could not be found.\\r\\ntfjs_binding.node"), { code: "ERR_DLOPEN_FAILED" })`,
  };

  test.each(Object.entries(atImport))("is installed, though it %s", async (_, source) => {
    expect(await use("tfjs-node", throwing("tfjs-node", source))).toEqual({
      problem: expect.stringMatching(/^its native library is missing or does not load: .+[^.]\.$/),
      remedy: expect.stringContaining(
        "npm rebuild @tensorflow/tfjs-node --build-addon-from-source",
      ),
      current: "cpu",
    });
  });

  test("is told from one that lacks another package", async () => {
    const source = 'require("@mapbox/node-pre-gyp")';
    expect(await use("tfjs-node", throwing("tfjs-node", source))).toMatchObject({
      problem: "Cannot find module '@mapbox/node-pre-gyp'",
    });
  });
});
