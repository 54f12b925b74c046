import * as tf from "@tensorflow/tfjs-core";
import { BackendUnavailable } from "../backend-unavailable.js";
import { importPeer } from "../import-peer.js";
import type { LoadedBackend, LoadOptions } from "../loaded-backend.js";
import { isNode } from "../node-module.js";
import { describeAdapter, isEmulated } from "./adapter.js";
import { findGpu } from "./find-gpu.js";
import { reportFailures, type WebGpuBackend } from "./report-failures.js";

/**
 * Loads WebGPU: the browser's own, or in Node that of the `webgpu` package.
 *
 * @throws {BackendUnavailable} if it is not there, or there is no adapter for it, or only one that
 *   computes in software while that will not do.
 */
export async function loadWebGpu({ mayEmulate }: LoadOptions): Promise<LoadedBackend> {
  const { gpu, provide } = await findGpu();
  // the choice that tfjs makes, too
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (adapter === null) throw noAdapter();
  const emulated = isEmulated(adapter);
  if (emulated && !mayEmulate) throw onlyEmulated(describeAdapter(adapter.info));
  provide();
  await registerBackend();
  return {
    registeredAs: "webgpu",
    emulated,
    start: () => tf.setBackend("webgpu"),
    device() {
      const backend = tf.backend() as unknown as WebGpuBackend;
      reportFailures(backend);
      const name = describeAdapter(backend.device.adapterInfo ?? adapter.info);
      const through = emulated ? "CPU through WebGPU, emulating a GPU" : "GPU through WebGPU";
      return name ? `${through}: ${name}` : through;
    },
  };
}

/** A page that is bundled imports the backend itself: a bundler does not see imports by variable. */
async function registerBackend(): Promise<void> {
  if (tf.findBackendFactory("webgpu") != null) return;
  const specifier = "@tensorflow/tfjs-backend-webgpu";
  const notInstalled = {
    problem: `its package ${specifier} is not installed.`,
    remedy: `Run \`npm i ${specifier}\`, import it in your program if that is a web page, or choose another backend.`,
  };
  await importPeer(specifier, { backend: "webgpu", notInstalled });
  if (tf.findBackendFactory("webgpu") != null) return;
  throw new BackendUnavailable("webgpu", {
    problem: `${specifier} was imported before there was a navigator.gpu, and so registered nothing.`,
    remedy: "Leave that import to useBackend.",
  });
}

function noAdapter(): BackendUnavailable {
  const problem = "WebGPU finds no adapter: no driver of a GPU that it can use.";
  const remedy = isNode()
    ? "Install the GPU's driver (on Linux one for Vulkan, and libvulkan.so.1; VK_ICD_FILENAMES may name the driver's .json file), or choose another backend."
    : "Turn on hardware acceleration in the browser's settings, or choose another backend.";
  return new BackendUnavailable("webgpu", { problem, remedy });
}

function onlyEmulated(name: string): BackendUnavailable {
  return new BackendUnavailable("webgpu", {
    problem: `its only adapter computes in software on the CPU, slower than wasm does: ${name}.`,
    remedy: 'Install the driver of a GPU, or ask for it by name: useBackend("webgpu").',
  });
}
