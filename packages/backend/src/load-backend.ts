import * as tf from "@tensorflow/tfjs-core";
import type { BackendName } from "./backend-name.js";
import { BackendUnavailable } from "./backend-unavailable.js";
import { importPeer } from "./import-peer.js";
import { loadTensorFlow } from "./load-tensorflow.js";
import type { LoadedBackend, LoadOptions } from "./loaded-backend.js";
import { nodeProcess } from "./node-process.js";
import { loadWebGpu } from "./webgpu/load-webgpu.js";
import { withoutProcessListeners } from "./without-process-listeners.js";

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

async function loadWasm(): Promise<LoadedBackend> {
  // by its name, so that a bundler takes it along; caught, so that esbuild can do without it
  const load = () =>
    import("@tensorflow/tfjs-backend-wasm").catch((error: unknown) => Promise.reject(error));
  await importPeer("@tensorflow/tfjs-backend-wasm", { backend: "wasm", load });
  return {
    registeredAs: "wasm",
    async start() {
      const started = await withoutProcessListeners(() => tf.setBackend("wasm"));
      if (!started && nodeProcess() === undefined) throw noWasmFile();
      return started;
    },
    async device() {
      const simd = await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT");
      return `CPU through WebAssembly${simd ? " with SIMD" : ""}`;
    },
  };
}

function noWasmFile(): BackendUnavailable {
  return new BackendUnavailable("wasm", {
    problem: "it did not start in this page.",
    remedy:
      "Serve the three .wasm files of @tensorflow/tfjs-backend-wasm/dist, and say where by its setWasmPaths before useBackend.",
  });
}

async function loadCpu(): Promise<LoadedBackend> {
  if (tf.findBackend("cpu") == null) throw new Error("no backend is registered under that name.");
  return {
    registeredAs: "cpu",
    start: () => tf.setBackend("cpu"),
    device: () => "CPU through plain JavaScript",
  };
}
