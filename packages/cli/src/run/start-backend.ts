import "@tensorflow/tfjs"; // registers gradients and the cpu backend, once for the whole program
import { type ActiveBackend, type BackendName, enableRelaxedSimd, useBackend } from "@muir/backend";
import * as tf from "@tensorflow/tfjs-core";

/** Makes TensorFlow.js ready to compute for the program: its gradients, no banner, all of the engine. */
export function prepareTensorFlow(): void {
  tf.enableProdMode(); // also leaves out checks that cost time
  enableRelaxedSimd();
}

/** What a run's configuration says of its backend. */
export interface BackendSettings {
  readonly backend: BackendName | "auto";
  /** Of the wasm backend; null: one for each core. */
  readonly threads: number | null;
}

/**
 * Starts the backend of a run's configuration.
 *
 * @throws {BackendUnavailable} if it does not work here, or not with so many threads.
 */
export function startBackend({ backend, threads }: BackendSettings): Promise<ActiveBackend> {
  prepareTensorFlow();
  return useBackend(backend, threads === null ? {} : { threads });
}
