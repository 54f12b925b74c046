import type { StandIns } from "./project.js";

/** How an adapter names itself. */
export interface AdapterInfo {
  readonly vendor?: string;
  readonly architecture?: string;
  readonly device?: string;
  readonly description?: string;
  readonly isFallbackAdapter?: boolean;
}

/** The `webgpu` package, with one adapter or none. */
export function webGpu(info: AdapterInfo | null): StandIns {
  const adapter = JSON.stringify(info && { info });
  const source = `
    export const globals = { GPUBufferUsage: {} };
    export const create = () => ({ requestAdapter: async () => (${adapter}) });
  `;
  return { webgpu: { "index.js": source } };
}

/**
 * A package that registers the backend `webgpu` as the real one does, where there is WebGPU, and
 * computes by the cpu backend. Its device is told what goes wrong by `globalThis.fail(error)`.
 */
export const webGpuBackend: StandIns = {
  "@tensorflow/tfjs-backend-webgpu": {
    "index.js": `
      const tf = require("@tensorflow/tfjs-core");
      if (globalThis.navigator?.gpu) {
        tf.copyRegisteredKernels("cpu", "webgpu");
        tf.registerBackend("webgpu", async () => {
          const { info } = await navigator.gpu.requestAdapter();
          const device = Object.assign(new EventTarget(), {
            adapterInfo: info,
            lost: new Promise((resolve) => { globalThis.lose = resolve; }),
          });
          globalThis.fail = (error) =>
            device.dispatchEvent(Object.assign(new Event("uncapturederror"), { error }));
          return Object.assign(tf.findBackendFactory("cpu")(), { device });
        }, 3);
      }
    `,
  },
};
