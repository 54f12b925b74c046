import { type Candidates, GENERATE_BLOCKS } from "@muir/hypermodule";
import * as tf from "@tensorflow/tfjs-core";

/** What one run of the generator was given. */
export interface GeneratorCall {
  readonly candidates: Candidates;
  /** The soft weights, one row a listed location; none where nothing competed. */
  readonly softWeights: readonly (readonly number[])[];
}

/** Remembers what the fused generator of the backend in use is given, until `restore` is called. */
export function watchGenerator() {
  const backend = tf.getBackend();
  const kernel = tf.getKernel(GENERATE_BLOCKS, backend)!;
  const calls: GeneratorCall[] = [];
  tf.unregisterKernel(GENERATE_BLOCKS, backend);
  tf.registerKernel({
    ...kernel,
    kernelFunc(params) {
      const { candidates } = params.attrs as unknown as { candidates: Candidates };
      const soft = params.inputs["softWeights"] as tf.Tensor2D | undefined;
      calls.push({ candidates, softWeights: soft?.arraySync() ?? [] });
      return kernel.kernelFunc(params);
    },
  });
  const restore = () => {
    tf.unregisterKernel(GENERATE_BLOCKS, backend);
    tf.registerKernel(kernel);
  };
  return { calls, restore };
}
