import * as tf from "@tensorflow/tfjs-core";
import { BackendUnavailable } from "./backend-unavailable.js";
import { importPeer } from "./import-peer.js";
import type { LoadedBackend } from "./loaded-backend.js";
import { nodeModule } from "./node-module.js";

/** What is needed of the backend that both packages register as `tensorflow`. */
interface TensorFlowBackend {
  readonly isUsingGpuDevice?: boolean;
  readonly isGPUPackage?: boolean;
}

/**
 * Loads TensorFlow through its native addon, with or without a GPU.
 *
 * @throws {BackendUnavailable} if the package or its native library is not there.
 */
export async function loadTensorFlow(name: "tfjs-node-gpu" | "tfjs-node"): Promise<LoadedBackend> {
  const utilities = nodeModule("node:util");
  if (utilities === undefined) {
    throw new BackendUnavailable(name, {
      problem: "it runs in Node only.",
      remedy: "Choose another backend.",
    });
  }
  restoreRemovedUtilities(utilities as unknown as Record<string, unknown>);
  const specifier = `@tensorflow/${name}`;
  await importPeer(specifier, {
    backend: name,
    noLibrary: `Run \`npm rebuild ${specifier} --build-addon-from-source\`, allow its install script if your package manager asks (\`pnpm approve-builds\`), or choose another backend.`,
  });
  return {
    registeredAs: "tensorflow",
    start: () => tf.setBackend("tensorflow"),
    device() {
      const { isGPUPackage, isUsingGpuDevice } = tf.backend() as TensorFlowBackend;
      const onGpu = isUsingGpuDevice === true;
      if (name === "tfjs-node-gpu" && !onGpu) throw noGpu(isGPUPackage === false);
      return onGpu ? "GPU through TensorFlow" : "CPU through TensorFlow";
    },
  };
}

function noGpu(otherPackageCameFirst: boolean): BackendUnavailable {
  return new BackendUnavailable(
    "tfjs-node-gpu",
    otherPackageCameFirst
      ? {
          problem: "@tensorflow/tfjs-node, which came first, holds its place in this process.",
          remedy: "Import only one of the two in a program.",
        }
      : {
          problem: "TensorFlow found no GPU it can use.",
          remedy:
            "Install the driver of an NVIDIA GPU, CUDA 11.2 and cuDNN 8.1, or choose another backend.",
        },
  );
}

/** tfjs-node 4.22 calls `util.isNullOrUndefined`, which Node 23 removed. */
function restoreRemovedUtilities(utilities: Record<string, unknown>): void {
  utilities["isNullOrUndefined"] ??= (value: unknown) => value === null || value === undefined;
}
