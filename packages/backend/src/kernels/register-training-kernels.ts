import { adam } from "./adam.js";
import { generateBlocks, generateBlocksGradient } from "./generate-blocks.js";
import { registerTypedArrayKernel } from "./typed-array-kernel.js";

/**
 * Registers the fused kernels for a tfjs backend, by the name tfjs knows it by.
 *
 * Backends whose numbers the host cannot reach (GPU, TensorFlow) get none: there the same ops are
 * composed of standard ones.
 */
export function registerTrainingKernels(backendName: string): void {
  if (backendName !== "cpu" && backendName !== "wasm") return;
  registerTypedArrayKernel(generateBlocks, backendName);
  registerTypedArrayKernel(generateBlocksGradient, backendName);
  registerTypedArrayKernel(adam, backendName);
}
