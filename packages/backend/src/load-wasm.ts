import * as tf from "@tensorflow/tfjs-core";
import { BackendUnavailable } from "./backend-unavailable.js";
import { importPeer } from "./import-peer.js";
import type { LoadedBackend, LoadOptions } from "./loaded-backend.js";
import { isNode } from "./node-module.js";
import { giveBinary, type SetWasmPaths } from "./wasm/give-binary.js";
import { SERVE_FILES } from "./wasm/page-binary.js";
import { startThreads } from "./wasm/start-threads.js";
import type { WasmBackend } from "./wasm/wasm-backend.js";
import { withoutFailedWorkers } from "./wasm/without-failed-workers.js";
import { withoutProcessListeners } from "./without-process-listeners.js";

/** Imports and registers the wasm backend; where it can be, so that threads share its memory. */
export async function loadWasm({
  wasmPaths,
  fewerThreadsWillDo,
}: LoadOptions): Promise<LoadedBackend> {
  // by its name, so that a bundler takes it along; caught, so that esbuild can do without it
  const load = () =>
    import("@tensorflow/tfjs-backend-wasm").catch((error: unknown) => Promise.reject(error));
  const options = { backend: "wasm", load } as const;
  const { setWasmPaths } = (await importPeer("@tensorflow/tfjs-backend-wasm", options)) as {
    setWasmPaths: SetWasmPaths;
  };
  // one that is started already stays as it is
  const isStarted = "wasm" in tf.engine().registry;
  const given = isStarted ? undefined : await giveBinary(setWasmPaths, wasmPaths);
  return {
    registeredAs: "wasm",
    async start() {
      const set = () => tf.setBackend("wasm");
      if (isNode()) return withoutProcessListeners(set);
      const started = await withoutFailedWorkers(set).finally(() => given?.free());
      if (!started) throw didNotStart(wasmPaths !== undefined);
      return started;
    },
    async device() {
      const simd = await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT");
      return `CPU through WebAssembly${simd ? " with SIMD" : ""}`;
    },
    startThreads: (asked) =>
      startThreads(tf.backend() as unknown as WasmBackend, {
        asked,
        fewerWillDo: fewerThreadsWillDo,
        sharingProblem: given?.sharingProblem,
      }),
  };
}

function didNotStart(hasPaths: boolean): BackendUnavailable {
  return new BackendUnavailable("wasm", {
    problem: "it did not start in this page.",
    remedy: hasPaths
      ? "Let the page's content security policy allow blob: (connect-src, worker-src) and 'wasm-unsafe-eval' (script-src), and reload it."
      : SERVE_FILES,
  });
}
