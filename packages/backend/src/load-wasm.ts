import * as tf from "@tensorflow/tfjs-core";
import { BackendUnavailable } from "./backend-unavailable.js";
import { importPeer } from "./import-peer.js";
import type { LoadedBackend } from "./loaded-backend.js";
import { isNode, nodeModule } from "./node-module.js";
import { withSharedMemory } from "./wasm/shared-memory.js";
import { startThreads } from "./wasm/start-threads.js";
import type { WasmBackend } from "./wasm/wasm-backend.js";
import { withoutProcessListeners } from "./without-process-listeners.js";

type SetWasmPaths = (addresses: Record<string, string>, byFetch: boolean) => void;

/** Imports and registers the wasm backend; in Node, so that threads can share its memory. */
export async function loadWasm(): Promise<LoadedBackend> {
  // by its name, so that a bundler takes it along; caught, so that esbuild can do without it
  const load = () =>
    import("@tensorflow/tfjs-backend-wasm").catch((error: unknown) => Promise.reject(error));
  const options = { backend: "wasm", load } as const;
  const { setWasmPaths } = (await importPeer("@tensorflow/tfjs-backend-wasm", options)) as {
    setWasmPaths: SetWasmPaths;
  };
  let sharingProblem: string | undefined;
  // in a page the backend decides by itself; one that is started already stays as it is
  if (!("wasm" in tf.engine().registry)) {
    try {
      askForSharedMemory(setWasmPaths);
    } catch (error) {
      sharingProblem = `its memory is not shared: ${(error as Error).message.split("\n")[0]}`;
    }
  }
  return {
    registeredAs: "wasm",
    async start() {
      const started = await withoutProcessListeners(() => tf.setBackend("wasm"));
      if (!started && !isNode()) throw noWasmFile();
      return started;
    },
    async device() {
      const simd = await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT");
      return `CPU through WebAssembly${simd ? " with SIMD" : ""}`;
    },
    startThreads: (asked) =>
      startThreads(tf.backend() as unknown as WasmBackend, { asked, sharingProblem }),
  };
}

/**
 * The backend comes with a build for threads, but that one starts its threads in a way that works in
 * pages alone. So it is given its ordinary build, with a memory that can be shared.
 */
function askForSharedMemory(setWasmPaths: SetWasmPaths): void {
  const files = nodeModule("node:fs");
  const modules = nodeModule("node:module");
  const addresses = nodeModule("node:url");
  if (!files || !modules || !addresses) return;
  const entry = modules.createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm");
  const shared = (name: string) => {
    const binary = withSharedMemory(
      files.readFileSync(new URL(name, addresses.pathToFileURL(entry))),
    );
    return `data:application/wasm;base64,${Buffer.from(binary).toString("base64")}`;
  };
  const simd = shared("tfjs-backend-wasm-simd.wasm");
  setWasmPaths(
    {
      "tfjs-backend-wasm.wasm": shared("tfjs-backend-wasm.wasm"),
      "tfjs-backend-wasm-simd.wasm": simd,
      "tfjs-backend-wasm-threaded-simd.wasm": simd, // not used in Node, but must be named
    },
    true, // by fetch, which takes data addresses
  );
}

function noWasmFile(): BackendUnavailable {
  return new BackendUnavailable("wasm", {
    problem: "it did not start in this page.",
    remedy:
      "Serve the three .wasm files of @tensorflow/tfjs-backend-wasm/dist, and say where by its setWasmPaths before useBackend.",
  });
}
