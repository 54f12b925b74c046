import { nodeModule } from "./node-module.js";
import { supportedBuild } from "./wasm/training-kernels-module.js";

/**
 * Lets Node 20 run fused multiply-adds in WebAssembly (relaxed SIMD), which it has behind a flag and
 * later versions have by themselves: products and convolutions become a tenth to a fifth faster, and round
 * differently in the last digit.
 *
 * It sets a flag of the whole process, so it is for programs to call, before the first `useBackend`, and
 * not for libraries. Where the engine has relaxed SIMD already, has none, or is no Node, it does nothing.
 *
 * @returns whether the kernels can use it now.
 */
export function enableRelaxedSimd(): boolean {
  if (supportedBuild() === "relaxed") return true;
  nodeModule("node:v8")?.setFlagsFromString("--experimental-wasm-relaxed-simd");
  return supportedBuild() === "relaxed";
}
