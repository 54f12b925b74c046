import * as tf from "@tensorflow/tfjs-core";

/** What one kernel cost, told by its largest output. */
export interface KernelCost {
  readonly name: string;
  readonly calls: number;
  /** Of the processor, all threads together. */
  readonly milliseconds: number;
}

/** Measures every kernel of the backend in use until it is stopped. */
export function watchKernels() {
  const backend = tf.getBackend();
  const originals = tf.getKernelsForBackend(backend);
  const costs = new Map<string, { calls: number; milliseconds: number }>();
  for (const kernel of originals) {
    tf.unregisterKernel(kernel.kernelName, backend);
    tf.registerKernel({
      ...kernel,
      kernelFunc(given) {
        const start = cpu();
        const outputs = kernel.kernelFunc(given);
        const spent = cpu() - start;
        const shapes = (Array.isArray(outputs) ? outputs : [outputs]).map(({ shape }) => shape);
        const name = `${kernel.kernelName} [${shapes.sort(bySize)[0]}]`;
        const cost = costs.get(name) ?? { calls: 0, milliseconds: 0 };
        costs.set(name, { calls: cost.calls + 1, milliseconds: cost.milliseconds + spent });
        return outputs;
      },
    });
  }
  return {
    stop(): KernelCost[] {
      for (const kernel of originals) {
        tf.unregisterKernel(kernel.kernelName, backend);
        tf.registerKernel(kernel);
      }
      return [...costs]
        .map(([name, cost]) => ({ name, ...cost }))
        .sort((a, b) => b.milliseconds - a.milliseconds);
    },
  };
}

function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const bySize = (a: number[], b: number[]) => tf.util.sizeFromShape(b) - tf.util.sizeFromShape(a);
