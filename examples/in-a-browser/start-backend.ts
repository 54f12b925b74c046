/// <reference types="vite/client" />
import "@tensorflow/tfjs";
import { useBackend } from "@muir/backend";
import simd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url"; // its address

/** Starts WebAssembly with muir's training kernels, and says what the page computes on. */
export async function startBackend(): Promise<string> {
  const wasmPaths = { "tfjs-backend-wasm-simd.wasm": simd };
  const { device } = await useBackend("wasm", { wasmPaths });
  return device;
}
