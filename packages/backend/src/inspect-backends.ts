import * as tf from "@tensorflow/tfjs-core";
import { BACKEND_NAMES, type BackendName } from "./backend-name.js";
import { isBackendUnavailable } from "./backend-unavailable.js";
import { startBackend } from "./start-backend.js";

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
 */
export async function inspectBackends(): Promise<BackendStatus[]> {
  const before = tf.engine().backendName;
  const found: BackendStatus[] = [];
  for (const name of BACKEND_NAMES) found.push(await inspect(name));
  if (before) await tf.setBackend(before);
  return found;
}

async function inspect(name: BackendName): Promise<BackendStatus> {
  try {
    const { device, emulated } = await startBackend(name, { mayEmulate: true });
    return { name, works: true, device, emulated };
  } catch (error) {
    if (!isBackendUnavailable(error)) throw error;
    return { name, works: false, problem: error.problem, remedy: error.remedy };
  }
}
