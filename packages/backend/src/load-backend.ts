import * as tf from "@tensorflow/tfjs-core";
import type { BackendName } from "./backend-name.js";
import { loadTensorFlow } from "./load-tensorflow.js";
import { loadWasm } from "./load-wasm.js";
import type { LoadedBackend, LoadOptions } from "./loaded-backend.js";
import { loadWebGpu } from "./webgpu/load-webgpu.js";

/** Imports and registers one backend. Rejects when it is not installed. */
export const loadBackend: Readonly<
  Record<BackendName, (options: LoadOptions) => Promise<LoadedBackend>>
> = {
  "tfjs-node-gpu": () => loadTensorFlow("tfjs-node-gpu"),
  "tfjs-node": () => loadTensorFlow("tfjs-node"),
  webgpu: loadWebGpu,
  wasm: loadWasm,
  cpu: loadCpu,
};

async function loadCpu(): Promise<LoadedBackend> {
  if (tf.findBackend("cpu") == null) throw new Error("no backend is registered under that name.");
  return {
    registeredAs: "cpu",
    start: () => tf.setBackend("cpu"),
    device: () => "CPU through plain JavaScript",
  };
}
