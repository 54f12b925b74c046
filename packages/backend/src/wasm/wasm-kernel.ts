import * as tf from "@tensorflow/tfjs-core";
import { engineOf, releaseEngine } from "./kernel-engine.js";
import type { WholeKernels } from "./training-kernels.js";
import type { WasmBackend } from "./wasm-backend.js";
import type { WorkSharing } from "./work-sharing.js";

/** One kernel of TensorFlow.js, computed by the functions of the compiled module. */
export interface WasmKernel<Attributes = unknown> {
  /** The name that TensorFlow.js, or this package, knows it by. */
  readonly name: string;
  /** Whether these tensors and attributes are computed here rather than by the backend itself. */
  covers(inputs: KernelInputs, attributes: Attributes): boolean;
  run(call: WasmKernelCall<Attributes>): tf.TensorInfo | tf.TensorInfo[];
}

/** By name; those that are optional may be absent or null. */
export type KernelInputs = Readonly<Record<string, tf.TensorInfo>>;

export interface WasmKernelCall<Attributes> {
  readonly inputs: KernelInputs;
  readonly attributes: Attributes;
  readonly backend: WasmBackend;
  readonly kernels: WholeKernels;
  readonly sharing: WorkSharing;
}

const ours = new WeakSet<tf.KernelFunc>();

/**
 * Registers a kernel for the backend `wasm` in the place of the one it comes with, which goes on to
 * compute what this one does not cover. Registering again changes nothing.
 */
export function registerWasmKernel<Attributes>(kernel: WasmKernel<Attributes>): void {
  const original = tf.getKernel(kernel.name, "wasm");
  if (original != null && ours.has(original.kernelFunc)) return;
  const kernelFunc: tf.KernelFunc = (call) => {
    const inputs = call.inputs as KernelInputs;
    const attributes = call.attrs as unknown as Attributes;
    if (kernel.covers(inputs, attributes)) {
      const backend = call.backend as WasmBackend;
      const { kernels, sharing } = engineOf(backend);
      return kernel.run({ inputs, attributes, backend, kernels, sharing });
    }
    if (original != null) return original.kernelFunc(call);
    const types = Object.entries(inputs).map(([name, { dtype }]) => `${name} ${dtype}`);
    throw new TypeError(
      `${kernel.name}: its inputs on the backend "wasm" must be float32 (and indices int32); got ${types.join(", ")}. Cast them with tf.cast.`,
    );
  };
  ours.add(kernelFunc);
  if (original != null) tf.unregisterKernel(kernel.name, "wasm");
  tf.registerKernel({
    ...original, // its setup must still run when the backend is started anew
    kernelName: kernel.name,
    backendName: "wasm",
    kernelFunc,
    disposeFunc(backend) {
      original?.disposeFunc?.(backend);
      releaseEngine(backend as WasmBackend);
    },
  });
}
