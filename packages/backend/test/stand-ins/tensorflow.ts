import type { StandIns } from "./project.js";

/** What a stand-in for `@tensorflow/tfjs-node` or `-gpu` does when it is imported. */
export interface TensorFlowOptions {
  readonly gpu?: boolean;
  /** Kernels that give twice what they should. */
  readonly broken?: readonly string[];
}

/**
 * A package that registers the backend `tensorflow` as the real ones do, and computes by the cpu
 * backend. It calls what Node 23 removed.
 */
export function tensorFlow(
  name: "tfjs-node-gpu" | "tfjs-node",
  { gpu = false, broken = [] }: TensorFlowOptions = {},
): StandIns {
  const source = `
    const tf = require("@tensorflow/tfjs-core");
    require("node:util").isNullOrUndefined(null);
    tf.copyRegisteredKernels("cpu", "tensorflow");
    for (const name of ${JSON.stringify(broken)}) {
      const sound = tf.getKernel(name, "tensorflow");
      tf.unregisterKernel(name, "tensorflow");
      tf.registerKernel({ ...sound, kernelFunc(given) {
        const result = sound.kernelFunc(given);
        given.backend.readSync(result.dataId).forEach((value, i, all) => { all[i] = 2 * value; });
        return result;
      } });
    }
    tf.registerBackend("tensorflow", () => Object.assign(tf.findBackendFactory("cpu")(), {
      isGPUPackage: ${name === "tfjs-node-gpu"},
      isUsingGpuDevice: ${gpu},
    }), 3);
    tf.setBackend("tensorflow");
  `;
  return { [`@tensorflow/${name}`]: { "index.js": source } };
}

/** A package that throws when it is imported. */
export function throwing(name: "tfjs-node-gpu" | "tfjs-node", source: string): StandIns {
  return { [`@tensorflow/${name}`]: { "index.js": source, "lib/broken.node": "not a library" } };
}
