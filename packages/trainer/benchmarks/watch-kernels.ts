import * as tf from "@tensorflow/tfjs-core";
import { processorTime } from "./processor-time.js";

/** What the calls of one kernel with one shape of outputs cost. */
export interface KernelCost {
  /** The kernel, and the shape of its largest output. */
  readonly name: string;
  /** Of the processor, all threads together. */
  readonly milliseconds: number;
}

/** Measures every kernel of the backend in use until it is stopped; the costliest come first. */
export function watchKernels() {
  const backend = tf.getBackend();
  const originals = tf.getKernelsForBackend(backend);
  const costs = new Map<string, number>();
  const replace = (kernel: tf.KernelConfig) => {
    tf.unregisterKernel(kernel.kernelName, backend);
    tf.registerKernel(kernel);
  };
  for (const kernel of originals) {
    replace({
      ...kernel,
      kernelFunc(given) {
        const start = processorTime();
        const outputs = kernel.kernelFunc(given);
        const spent = processorTime() - start;
        const name = `${kernel.kernelName} [${largest(outputs)}]`;
        costs.set(name, (costs.get(name) ?? 0) + spent);
        return outputs;
      },
    });
  }
  return {
    stop(): KernelCost[] {
      originals.forEach(replace);
      return [...costs]
        .map(([name, milliseconds]) => ({ name, milliseconds }))
        .sort((a, b) => b.milliseconds - a.milliseconds);
    },
  };
}

function largest(outputs: tf.TensorInfo | tf.TensorInfo[]): readonly number[] {
  const shapes = [outputs].flat().map(({ shape }) => shape);
  return shapes.sort((a, b) => tf.util.sizeFromShape(b) - tf.util.sizeFromShape(a))[0]!;
}
