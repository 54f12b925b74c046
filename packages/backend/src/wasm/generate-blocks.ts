import * as tf from "@tensorflow/tfjs-core";
import type { GenerateBlocksAttributes } from "../kernels/generate-blocks.js";
import { type CandidateTerms, candidateTerms, softWeightsGradient } from "./candidate-terms.js";
import { termsByModule } from "./terms-by-module.js";
import {
  floatsOf,
  memoryOf,
  offsetOf,
  type WasmBackend,
  withNumbers,
  withScratch,
} from "./wasm-backend.js";
import type { KernelInputs, WasmKernel } from "./wasm-kernel.js";

const areFloats = (inputs: KernelInputs) =>
  Object.values(inputs).every((input) => input == null || input.dtype === "float32");

/** Blocks from hypermodules; inputs, outputs and formula are those of the TypeScript kernel. */
export const generateBlocks: WasmKernel<GenerateBlocksAttributes> = {
  name: "MuirGenerateBlocks",
  covers: areFloats,
  run({ inputs, attributes, backend, sharing }) {
    const { locations, contextSize, block, size } = sizesOf(inputs, attributes);
    const { moduleOf, beliefs, ends } = termsOf(inputs, attributes, backend);
    const blocks = backend.makeOutput([locations, ...block], "float32");
    withNumbers(backend, [moduleOf, beliefs, ends], ([moduleOfAt, beliefsAt, endsAt]) => {
      sharing.run({
        kernel: "generateBlocks",
        args: [
          offsetOf(backend, inputs["modules"]!),
          offsetOf(backend, inputs["contexts"]!),
          moduleOfAt!,
          beliefsAt!,
          endsAt!,
          offsetOf(backend, blocks),
          contextSize,
          size,
        ],
        items: locations,
        cost: (moduleOf.length / locations) * Math.max(contextSize, 1) * size,
      });
    });
    return blocks;
  },
};

/** The gradients of {@link generateBlocks}; as the TypeScript kernel, too. */
export const generateBlocksGradient: WasmKernel<GenerateBlocksAttributes> = {
  name: "MuirGenerateBlocksGradient",
  covers: areFloats,
  run({ inputs, attributes, backend, sharing }) {
    const { modules, contexts, softWeights } = inputs as Record<string, tf.TensorInfo>;
    const { locations, contextSize, size } = sizesOf(inputs, attributes);
    const moduleCount = modules!.shape[0]!;
    const rank = Math.max(contextSize, 1);
    const terms = termsOf(inputs, attributes, backend);
    const { moduleOf, beliefs, ends } = terms;
    const { order, moduleEnds, locationOf } = termsByModule(terms, { moduleCount });
    const outputs = [modules!, contexts!, ...(softWeights ? [softWeights] : [])].map(({ shape }) =>
      backend.makeOutput([...shape], "float32"),
    );
    const count = moduleOf.length;
    const lists = [order, moduleEnds, locationOf, beliefs, ends];
    withScratch(backend, 4 * (rank + 1) * count, (products) => {
      const slopes = products + 4 * rank * count;
      withNumbers(backend, lists, ([orderAt, moduleEndsAt, locationOfAt, beliefsAt, endsAt]) => {
        const contextsAt = offsetOf(backend, contexts!);
        sharing.run({
          kernel: "generateBlocksGradient",
          args: [
            offsetOf(backend, modules!),
            contextsAt,
            orderAt!,
            moduleEndsAt!,
            locationOfAt!,
            beliefsAt!,
            offsetOf(backend, inputs["blocksGradient"]!),
            offsetOf(backend, outputs[0]!),
            products,
            contextSize,
            size,
          ],
          items: moduleCount,
          cost: 2 * (count / moduleCount) * rank * size,
        });
        sharing.run({
          kernel: "generatorSums",
          args: [
            contextsAt,
            beliefsAt!,
            endsAt!,
            products,
            offsetOf(backend, outputs[1]!),
            slopes,
            contextSize,
          ],
          items: locations,
          cost: (4 * rank * count) / locations,
        });
      });
      if (softWeights) {
        softWeightsGradient(terms, {
          slopes: new Float32Array(memoryOf(backend).buffer, slopes, count),
          into: floatsOf(backend, outputs[2]!),
        });
      }
    });
    return outputs;
  },
};

function sizesOf(inputs: KernelInputs, { contextSize }: GenerateBlocksAttributes) {
  const locations = inputs["contexts"]!.shape[0]!;
  const block = inputs["modules"]!.shape.slice(2);
  return { locations, contextSize, block, size: tf.util.sizeFromShape(block) };
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
