import "@tensorflow/tfjs"; // registers gradients and the cpu backend, once for the whole program
import { type ActiveBackend, type BackendName, useBackend } from "@muir/backend";
import * as tf from "@tensorflow/tfjs-core";

/** Makes TensorFlow.js ready to compute for the program: its gradients, and no banner. */
export function prepareTensorFlow(): void {
  tf.enableProdMode(); // also leaves out checks that cost time
}

/**
 * Starts the backend of a run's configuration.
 *
 * @throws {BackendUnavailable} if it does not work here.
 */
export function startBackend(name: BackendName | "auto"): Promise<ActiveBackend> {
  prepareTensorFlow();
  return useBackend(name);
}
