import { importPeer } from "../import-peer.js";
import type { WebGpu } from "./web-gpu.js";

/** WebGPU of this browser, or in Node that of the `webgpu` package, and how to make it known to all. */
export interface FoundGpu {
  readonly gpu: WebGpu;
  /** Puts it where browsers have it: `navigator.gpu`. */
  provide(): void;
}

/**
 * Finds WebGPU without changing anything global.
 *
 * @throws {BackendUnavailable} if there is none.
 */
export async function findGpu(): Promise<FoundGpu> {
  const { navigator } = globalThis as unknown as { navigator?: { readonly gpu?: WebGpu } };
  if (navigator?.gpu !== undefined) return { gpu: navigator.gpu, provide() {} };
  const { create, globals } = (await importPeer("webgpu", {
    backend: "webgpu",
    noLibrary:
      "Run `npm i webgpu@0.6.2`, which runs on more systems than those before it, or choose another backend.",
  })) as { create(options: string[]): WebGpu; globals: object };
  const gpu = create([]);
  return {
    gpu,
    provide() {
      Object.assign(globalThis, globals);
      const [owner, key, value] = navigator
        ? [navigator, "gpu", gpu]
        : [globalThis, "navigator", { gpu }]; // Node 20 has no navigator
      Object.defineProperty(owner, key, { value, configurable: true });
    },
  };
}
