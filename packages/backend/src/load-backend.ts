import * as tf from "@tensorflow/tfjs-core";
import type { BackendName } from "./backend-name.js";
import { loadWasm } from "./load-wasm.js";
import type { LoadedBackend } from "./loaded-backend.js";

/** Imports and registers one backend. Rejects with the importer's own error when it is not installed. */
export const loadBackend: Readonly<Record<BackendName, () => Promise<LoadedBackend>>> = {
  "tfjs-node-gpu": () => loadTensorFlow("@tensorflow/tfjs-node-gpu", { needsGpu: true }),
  "tfjs-node": () => loadTensorFlow("@tensorflow/tfjs-node", { needsGpu: false }),
  webgpu: loadWebGpu,
  wasm: loadWasm,
  cpu: loadCpu,
};

/** What to install or change for each backend. */
export const remedies: Readonly<Record<BackendName, string>> = {
  "tfjs-node-gpu":
    "Run `npm i @tensorflow/tfjs-node-gpu` on a machine with an NVIDIA GPU, CUDA 11.2 and cuDNN 8.1, or choose another backend.",
  "tfjs-node": "Run `npm i @tensorflow/tfjs-node`, or choose another backend.",
  webgpu:
    "Run `npm i webgpu @tensorflow/tfjs-backend-webgpu` (Node), or use a browser with WebGPU, or choose another backend.",
  wasm: "Run `npm i @tensorflow/tfjs-backend-wasm`, or choose another backend.",
  cpu: 'Import "@tensorflow/tfjs" or "@tensorflow/tfjs-backend-cpu" once in your program.',
};

async function loadTensorFlow(
  specifier: string,
  { needsGpu }: { needsGpu: boolean },
): Promise<LoadedBackend> {
  await restoreRemovedUtilities();
  await import(/* @vite-ignore */ specifier);
  return {
    registeredAs: "tensorflow",
    start: () => tf.setBackend("tensorflow"),
    device() {
      const onGpu = (tf.backend() as { isUsingGpuDevice?: boolean }).isUsingGpuDevice === true;
      if (needsGpu && !onGpu) throw new Error("TensorFlow found no GPU it can use.");
      return onGpu ? "GPU through TensorFlow" : "CPU through TensorFlow";
    },
  };
}

/** tfjs-node 4.22 calls `util.isNullOrUndefined`, which Node 23 removed. */
async function restoreRemovedUtilities(): Promise<void> {
  const node = "node:util"; // a variable, so that bundlers for the browser do not follow it
  const { default: utilities } = await import(/* @vite-ignore */ node);
  utilities.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
}

async function loadWebGpu(): Promise<LoadedBackend> {
  if (globalThis.navigator?.gpu === undefined) await provideWebGpu();
  const specifier = "@tensorflow/tfjs-backend-webgpu";
  await import(/* @vite-ignore */ specifier);
  return {
    registeredAs: "webgpu",
    start: () => tf.setBackend("webgpu"),
    async device() {
      const adapter = await navigator.gpu?.requestAdapter();
      // newer than the types of the DOM
      const info = (adapter as { info?: Record<string, string> } | null | undefined)?.info;
      return [info?.["vendor"], info?.["architecture"], info?.["description"]]
        .filter(Boolean)
        .join(" ");
    },
  };
}

/** In Node, the `webgpu` package provides what browsers have built in. */
async function provideWebGpu(): Promise<void> {
  const specifier = "webgpu";
  const { create, globals } = await import(/* @vite-ignore */ specifier);
  Object.assign(globalThis, globals);
  const gpu = create([]);
  if (globalThis.navigator === undefined) {
    Object.defineProperty(globalThis, "navigator", { value: { gpu }, configurable: true });
  } else {
    Object.defineProperty(globalThis.navigator, "gpu", { value: gpu, configurable: true });
  }
}

async function loadCpu(): Promise<LoadedBackend> {
  if (tf.findBackend("cpu") == null) throw new Error("no backend is registered under that name.");
  return {
    registeredAs: "cpu",
    start: () => tf.setBackend("cpu"),
    device: () => "CPU through plain JavaScript",
  };
}
