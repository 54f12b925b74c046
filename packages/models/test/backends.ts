import { useBackend } from "@muir/backend";
import * as tf from "@tensorflow/tfjs-core";

/** Ways to compute what an architecture needs. */
export const computations = ["standard ops on cpu", "kernels of ours on cpu", "wasm"] as const;

/** What `run` returns when it is computed in one of these ways; goes back to standard ops on cpu. */
export async function computed<T>(way: (typeof computations)[number], run: () => T): Promise<T> {
  if (way !== "standard ops on cpu") await useBackend(way === "wasm" ? "wasm" : "cpu");
  // what an op saves for its gradient is a copy on wasm, which tests of TensorFlow.js take for a leak
  tf.env().set("IS_TEST", way !== "wasm");
  try {
    return run();
  } finally {
    tf.env().set("IS_TEST", true);
    await standardOps();
  }
}

/** Goes back to what the setup of all tests starts with: the cpu backend, no kernels of ours. */
async function standardOps(): Promise<void> {
  await tf.setBackend("cpu");
  for (const { kernelName } of tf.getKernelsForBackend("cpu")) {
    if (kernelName.startsWith("Muir")) tf.unregisterKernel(kernelName, "cpu");
  }
}
