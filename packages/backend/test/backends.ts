import { useBackend } from "@muir/backend";
import { GENERATE_BLOCKS, GENERATE_BLOCKS_GRADIENT } from "@muir/hypermodule";
import * as tf from "@tensorflow/tfjs-core";

/** Backends whose numbers the host can reach, so that they get fused kernels. */
export const heapBackends = ["cpu", "wasm"] as const;

/** The fused kernels that every backend has whose numbers the host can reach. */
export const fusedKernels = [GENERATE_BLOCKS, GENERATE_BLOCKS_GRADIENT, "MuirAdam"] as const;

/** Goes back to what the setup of all tests starts with: the cpu backend, no fused kernels. */
export async function leaveAsFound(): Promise<void> {
  for (const backendName of heapBackends) {
    for (const { kernelName } of tf.getKernelsForBackend(backendName)) {
      if (kernelName.startsWith("Muir")) tf.unregisterKernel(kernelName, backendName);
    }
  }
  await tf.setBackend("cpu");
}

/** What `run` returns where the current backend has no fused kernels: standard ops alone. */
export function composed<T>(run: () => T): T {
  const backendName = tf.getBackend();
  const removed = fusedKernels.map((kernel) => tf.getKernel(kernel, backendName)!);
  for (const { kernelName } of removed) tf.unregisterKernel(kernelName, backendName);
  try {
    return run();
  } finally {
    for (const kernel of removed) tf.registerKernel(kernel);
  }
}

/** Starts the wasm backend anew, with the small heap that it begins with. */
export async function restartWasm(): Promise<void> {
  await useBackend("wasm"); // registers it, if nothing did before
  await tf.setBackend("cpu");
  const factory = tf.findBackendFactory("wasm")!;
  await keepingListeners(async () => tf.removeBackend("wasm"));
  tf.registerBackend("wasm", factory);
}

/** Disposing the wasm backend removes all listeners for uncaught errors, this test runner's too. */
async function keepingListeners(run: () => Promise<void>): Promise<void> {
  const events = ["uncaughtException", "unhandledRejection"] as const;
  const before = events.map((event) => process.listeners(event as "uncaughtException"));
  await run();
  events.forEach((event, i) => {
    process.removeAllListeners(event);
    for (const listener of before[i]!) process.on(event, listener);
  });
}

/** Bytes of the wasm backend's heap. */
export function heapBytes(): number {
  const { wasm } = tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } };
  return wasm.HEAPU8.buffer.byteLength;
}
