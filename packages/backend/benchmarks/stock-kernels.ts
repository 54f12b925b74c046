import * as tf from "@tensorflow/tfjs-core";

/** The kernels that the wasm backend comes with; to be called before others replace them. */
export function stockKernels(): ReadonlyMap<string, tf.KernelConfig> {
  return new Map(tf.getKernelsForBackend("wasm").map((config) => [config.kernelName, config]));
}

/** Runs `run` with the kernel `name` that the backend came with. */
export function withStockKernel(
  stock: ReadonlyMap<string, tf.KernelConfig>,
  name: string,
  run: () => void,
): void {
  const current = tf.getKernel(name, "wasm");
  tf.unregisterKernel(name, "wasm");
  tf.registerKernel(stock.get(name)!);
  try {
    run();
  } finally {
    tf.unregisterKernel(name, "wasm");
    tf.registerKernel(current);
  }
}
