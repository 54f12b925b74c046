import { registerWasmKernels } from "../wasm/register-wasm-kernels.js";
import { adam } from "./adam.js";
import { generateBlocks, generateBlocksGradient } from "./generate-blocks.js";
import { registerTypedArrayKernel } from "./typed-array-kernel.js";
import { unsortedSegmentSum } from "./unsorted-segment-sum.js";

/**
 * Registers the fused kernels for a tfjs backend, by the name tfjs knows it by.
 *
 * On `wasm` they are compiled, and stand in for kernels that it lacks or has slowly, too; an engine
 * without WebAssembly SIMD gets the fused ones in TypeScript, as `cpu` does. Backends whose numbers
 * the host cannot reach (GPU, TensorFlow) get none: there the same ops are composed of standard ones.
 */
export function registerTrainingKernels(backendName: string): void {
  if (backendName !== "cpu" && backendName !== "wasm") return;
  if (backendName === "wasm") registerWasmKernels();
  registerTypedArrayKernel(generateBlocks, backendName);
  registerTypedArrayKernel(generateBlocksGradient, backendName);
  registerTypedArrayKernel(adam, backendName);
  if (backendName === "cpu") {
    registerTypedArrayKernel(unsortedSegmentSum, backendName, { replace: true });
  }
}
