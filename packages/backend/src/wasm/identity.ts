import type { WasmKernel } from "./wasm-kernel.js";

/**
 * The same numbers as another tensor. The backend's own kernel copies them, and TensorFlow.js keeps
 * one such tensor for everything that a gradient will need; tensors never change, so they can share.
 */
export const identity: WasmKernel = {
  name: "Identity",
  covers: ({ x }) => x!.dtype !== "string",
  run({ inputs, backend }) {
    const { dataId, shape, dtype } = inputs["x"]!;
    backend.incRef(dataId);
    return { dataId, shape, dtype };
  },
};
