import { useBackend } from "@muir/backend";
import { GENERATE_BLOCKS, GENERATE_BLOCKS_GRADIENT } from "@muir/hypermodule";
import { ADAM } from "@muir/trainer";
import * as tf from "@tensorflow/tfjs-core";

/** Ways to compute what training needs: out of standard ops, and with the fused kernels of a backend. */
export const computations = ["standard ops on cpu", "fused kernels on cpu"] as const;

/** The ways that have kernels of ours. */
export const fusedComputations = ["fused kernels on cpu", "wasm, two threads"] as const;

/** All of them. */
export const everyComputation = [...computations, "wasm, two threads"] as const;

/** Computes in one of these ways until {@link standardOps}. */
export async function compute(way: (typeof everyComputation)[number]): Promise<void> {
  if (way === "standard ops on cpu") return standardOps();
  if (way === "fused kernels on cpu") return void (await useBackend("cpu"));
  await useBackend("wasm", { threads: 2 });
  // what an op saves for its gradient is a copy on wasm, which tests of TensorFlow.js take for a leak
  tf.env().set("IS_TEST", false);
}

/** Goes back to what the setup of all tests starts with: the cpu backend, no fused kernels. */
export async function standardOps(): Promise<void> {
  for (const backendName of ["cpu", "wasm"]) {
    for (const kernel of [GENERATE_BLOCKS, GENERATE_BLOCKS_GRADIENT, ADAM]) {
      if (tf.getKernel(kernel, backendName)) tf.unregisterKernel(kernel, backendName);
    }
  }
  await tf.setBackend("cpu");
  tf.env().set("IS_TEST", true);
}
