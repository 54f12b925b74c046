import * as tf from "@tensorflow/tfjs-core";
import { BACKEND_NAMES, type BackendName } from "./backend-name.js";
import { isBackendUnavailable } from "./backend-unavailable.js";
import { startBackend } from "./start-backend.js";
import type { UseBackendOptions } from "./use-backend.js";
import type { WasmPaths } from "./wasm/page-binary.js";

/** What is known of one backend on this machine. */
export type BackendStatus =
  | {
      readonly name: BackendName;
      readonly works: true;
      readonly device: string;
      /** Whether the CPU plays the part of a GPU, so that `useBackend("auto")` passes it over. */
      readonly emulated: boolean;
    }
  | {
      readonly name: BackendName;
      readonly works: false;
      readonly problem: string;
      readonly remedy: string;
    };

/**
 * Tries every backend, fastest first, and goes back to the one that was in use.
 *
 * The first that works and is not emulated is the one `useBackend("auto")` chooses.
 *
 * @param options `wasmPaths` as for `useBackend`, in a page.
 */
export async function inspectBackends({
  wasmPaths,
}: Pick<UseBackendOptions, "wasmPaths"> = {}): Promise<BackendStatus[]> {
  const before = tf.engine().backendName;
  const found: BackendStatus[] = [];
  for (const name of BACKEND_NAMES) found.push(await inspect(name, wasmPaths));
  if (before) await tf.setBackend(before);
  return found;
}

async function inspect(
  name: BackendName,
  wasmPaths: WasmPaths | undefined,
): Promise<BackendStatus> {
  try {
    const { device, emulated } = await startBackend(name, { mayEmulate: true, wasmPaths });
    return { name, works: true, device, emulated };
  } catch (error) {
    if (!isBackendUnavailable(error)) throw error;
    return { name, works: false, problem: error.problem, remedy: error.remedy };
  }
}
