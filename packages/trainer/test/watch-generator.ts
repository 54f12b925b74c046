import { type Candidates, GENERATE_BLOCKS } from "@muir/hypermodule";
import * as tf from "@tensorflow/tfjs-core";

/** What one run of the generator was given. */
export interface GeneratorCall {
  readonly candidates: Candidates;
  /** The soft weights, one row a listed location; none where nothing competed. */
  readonly softWeights: readonly (readonly number[])[];
}

/** Remembers what the fused generator of the cpu backend is given, until `restore` is called. */
export function watchGenerator() {
  const kernel = tf.getKernel(GENERATE_BLOCKS, "cpu")!;
  const calls: GeneratorCall[] = [];
  tf.unregisterKernel(GENERATE_BLOCKS, "cpu");
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
    tf.unregisterKernel(GENERATE_BLOCKS, "cpu");
    tf.registerKernel(kernel);
  };
  return { calls, restore };
}
