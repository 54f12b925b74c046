import { adam } from "./adam.js";
import { batchMatMul } from "./batch-mat-mul.js";
import { batchNorm } from "./batch-norm.js";
import { batchNormGradient } from "./batch-norm-gradient.js";
import { conv2d, fusedConv2d } from "./conv2d.js";
import { conv2dBackpropFilter } from "./conv2d-backprop-filter.js";
import { conv2dBackpropInput } from "./conv2d-backprop-input.js";
import { depthwiseBackpropFilter, depthwiseBackpropInput } from "./depthwise-conv2d-backprop.js";
import { einsum } from "./einsum.js";
import { add, relu } from "./elementwise.js";
import { fusedMatMul } from "./fused-mat-mul.js";
import { gatherV2 } from "./gather-v2.js";
import { generateBlocks, generateBlocksGradient } from "./generate-blocks.js";
import { identity } from "./identity.js";
import { lstm } from "./lstm.js";
import { lstmGradient } from "./lstm-gradient.js";
import { maxPool, maxPoolGradient } from "./max-pool.js";
import { slice } from "./slice.js";
import { softmaxCrossEntropy } from "./softmax-cross-entropy.js";
import { splitV } from "./split-v.js";
import { sum } from "./sum.js";
import { symbolConvolutionMax, symbolConvolutionMaxGradient } from "./symbol-convolution.js";
import { supportedBuild } from "./training-kernels-module.js";
import { unsortedSegmentSum } from "./unsorted-segment-sum.js";
import { registerWasmKernel } from "./wasm-kernel.js";

/**
 * Registers the compiled kernels for the backend `wasm`, in the place of its own where it has any.
 *
 * @returns whether it did: not where the engine has no WebAssembly SIMD.
 */
export function registerWasmKernels(): boolean {
  if (supportedBuild() === undefined) return false;
  registerWasmKernel(batchMatMul);
  registerWasmKernel(fusedMatMul);
  registerWasmKernel(gatherV2);
  registerWasmKernel(unsortedSegmentSum);
  registerWasmKernel(conv2d);
  registerWasmKernel(fusedConv2d);
  registerWasmKernel(conv2dBackpropFilter);
  registerWasmKernel(conv2dBackpropInput);
  registerWasmKernel(depthwiseBackpropFilter);
  registerWasmKernel(depthwiseBackpropInput);
  registerWasmKernel(slice);
  registerWasmKernel(splitV);
  registerWasmKernel(generateBlocks);
  registerWasmKernel(generateBlocksGradient);
  registerWasmKernel(adam);
  registerWasmKernel(sum);
  registerWasmKernel(identity);
  registerWasmKernel(maxPool);
  registerWasmKernel(maxPoolGradient);
  registerWasmKernel(einsum);
  registerWasmKernel(add);
  registerWasmKernel(relu);
  registerWasmKernel(softmaxCrossEntropy);
  registerWasmKernel(batchNorm);
  registerWasmKernel(batchNormGradient);
  registerWasmKernel(lstm);
  registerWasmKernel(lstmGradient);
  registerWasmKernel(symbolConvolutionMax);
  registerWasmKernel(symbolConvolutionMaxGradient);
  return true;
}
