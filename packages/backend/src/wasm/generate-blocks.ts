import type * as tf from "@tensorflow/tfjs-core";
import type { GenerateBlocksAttributes } from "../kernels/generate-blocks.js";
import { type CandidateTerms, candidateTerms, softWeightsGradient } from "./candidate-terms.js";
import { floatsOf, offsetOf, type WasmBackend, withScratch } from "./wasm-backend.js";
import type { KernelInputs, WasmKernel } from "./wasm-kernel.js";

const areFloats = (inputs: KernelInputs) =>
  Object.values(inputs).every((input) => input == null || input.dtype === "float32");

/** Blocks from hypermodules; inputs, outputs and formula are those of the TypeScript kernel. */
export const generateBlocks: WasmKernel<GenerateBlocksAttributes> = {
  name: "MuirGenerateBlocks",
  covers: areFloats,
  run({ inputs, attributes, backend, kernels }) {
    const { locations, contextSize, block } = sizesOf(inputs, attributes);
    const terms = termsOf(inputs, attributes, backend);
    const blocks = backend.makeOutput([locations, ...block], "float32");
    withTerms(backend, terms, ({ moduleOf, beliefs, ends }) => {
      kernels.generateBlocks(
        offsetOf(backend, inputs["modules"]!),
        offsetOf(backend, inputs["contexts"]!),
        moduleOf,
        beliefs,
        ends,
        offsetOf(backend, blocks),
        locations,
        contextSize,
        block[0]! * block[1]!,
      );
    });
    return blocks;
  },
};

/** The gradients of {@link generateBlocks}; as the TypeScript kernel, too. */
export const generateBlocksGradient: WasmKernel<GenerateBlocksAttributes> = {
  name: "MuirGenerateBlocksGradient",
  covers: areFloats,
  run({ inputs, attributes, backend, kernels }) {
    const { modules, contexts, softWeights } = inputs as Record<string, tf.TensorInfo>;
    const { locations, contextSize, block } = sizesOf(inputs, attributes);
    const terms = termsOf(inputs, attributes, backend);
    const outputs = [modules!, contexts!, ...(softWeights ? [softWeights] : [])].map(({ shape }) =>
      backend.makeOutput([...shape], "float32"),
    );
    withTerms(backend, terms, ({ moduleOf, beliefs, ends, slopes }) => {
      kernels.generateBlocksGradient(
        offsetOf(backend, modules!),
        offsetOf(backend, contexts!),
        moduleOf,
        beliefs,
        ends,
        offsetOf(backend, inputs["blocksGradient"]!),
        offsetOf(backend, outputs[0]!),
        offsetOf(backend, outputs[1]!),
        slopes,
        modules!.shape[0]!,
        locations,
        contextSize,
        block[0]! * block[1]!,
      );
      if (softWeights) {
        softWeightsGradient(terms, {
          slopes: new Float32Array(backend.wasm.asm.memory.buffer, slopes, terms.moduleOf.length),
          into: floatsOf(backend, outputs[2]!),
        });
      }
    });
    return outputs;
  },
};

function sizesOf(inputs: KernelInputs, { contextSize }: GenerateBlocksAttributes) {
  const locations = inputs["contexts"]!.shape[0]!;
  return { locations, contextSize, block: inputs["modules"]!.shape.slice(2) };
}

function termsOf(
  inputs: KernelInputs,
  attributes: GenerateBlocksAttributes,
  backend: WasmBackend,
): CandidateTerms {
  const { modules, softWeights } = inputs;
  return candidateTerms(attributes, {
    moduleCount: modules!.shape[0]!,
    softWeights: softWeights ? floatsOf(backend, softWeights) : undefined,
  });
}

/** Offsets of the terms, copied to WebAssembly memory, and of room for one number a term. */
function withTerms(
  backend: WasmBackend,
  { moduleOf, beliefs, ends }: CandidateTerms,
  use: (at: { moduleOf: number; beliefs: number; ends: number; slopes: number }) => void,
): void {
  const terms = moduleOf.length;
  withScratch(backend, 4 * (3 * terms + ends.length), (scratch) => {
    const at = {
      moduleOf: scratch,
      beliefs: scratch + 4 * terms,
      slopes: scratch + 8 * terms,
      ends: scratch + 12 * terms,
    };
    const { buffer } = backend.wasm.asm.memory;
    new Int32Array(buffer, at.moduleOf, terms).set(moduleOf);
    new Float32Array(buffer, at.beliefs, terms).set(beliefs);
    new Int32Array(buffer, at.ends, ends.length).set(ends);
    use(at);
  });
}
