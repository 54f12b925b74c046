import { softmax } from "./softmax.js";
import type { KernelInput, TypedArrayKernel } from "./typed-array-kernel.js";

/** Which modules compete where: listed locations have `lambda` challengers beside their module. */
export interface GenerateBlocksAttributes {
  readonly candidates: {
    readonly alignment: Int32Array;
    readonly locations: Int32Array;
    readonly challengers: Int32Array;
    readonly lambda: number;
  };
  readonly contextSize: number;
}

/**
 * Blocks from hypermodules: B_l = sum_i softmax(s_l)_i sum_c psi_i(l)[c] z_l[c].
 *
 * Inputs: modules [K, max(c, 1), m, n], contexts [L, c], softWeights [listed, lambda + 1] (absent
 * when no location is listed). Output: blocks [L, m, n].
 */
export const generateBlocks: TypedArrayKernel<GenerateBlocksAttributes> = {
  name: "MuirGenerateBlocks",
  inputs: ["modules", "contexts", "softWeights"],
  outputShapes: ([modules, contexts]) => [
    [contexts!.shape[0]!, modules!.shape[2]!, modules!.shape[3]!],
  ],
  compute([modules, contexts, softWeights], [blocks], attributes) {
    blocks!.fill(0);
    const size = modules!.shape[2]! * modules!.shape[3]!;
    forEachTerm(attributes, softWeights, (location, module, belief) => {
      addBlock(blocks!, modules!.values, contexts!.values, {
        target: location * size,
        size,
        source: module * modules!.shape[1]! * size,
        context: location * attributes.contextSize,
        contextSize: attributes.contextSize,
        belief,
      });
    });
  },
};

/**
 * The gradients of {@link generateBlocks} with respect to its inputs, in their order.
 *
 * Inputs: those of the forward kernel, and blocksGradient [L, m, n].
 */
export const generateBlocksGradient: TypedArrayKernel<GenerateBlocksAttributes> = {
  name: "MuirGenerateBlocksGradient",
  inputs: ["modules", "contexts", "blocksGradient", "softWeights"],
  outputShapes: ([modules, contexts, , softWeights]) =>
    [modules, contexts, softWeights].flatMap((input) => (input ? [[...input.shape]] : [])),
  compute([modules, contexts, blocksGradient, softWeights], outputs, attributes) {
    const [modulesGradient, contextsGradient, softGradient] = outputs;
    for (const output of outputs) output.fill(0);
    const { contextSize } = attributes;
    const size = modules!.shape[2]! * modules!.shape[3]!;
    const rank = modules!.shape[1]!;
    const H = modules!.values;
    const z = contexts!.values;
    const upstream = blocksGradient!.values;
    forEachTerm(attributes, softWeights, (location, module, belief, slot) => {
      const target = location * size;
      let slope = 0; // how the loss moves with this candidate's share of the block
      for (let c = 0; c < rank; c++) {
        const source = (module * rank + c) * size;
        const context = contextSize === 0 ? 1 : z[location * contextSize + c]!;
        const share = belief * context;
        let product = 0;
        for (let i = 0; i < size; i++) {
          const given = upstream[target + i]!;
          product += given * H[source + i]!;
          modulesGradient![source + i] = modulesGradient![source + i]! + share * given;
        }
        if (contextSize > 0) {
          const at = location * contextSize + c;
          contextsGradient![at] = contextsGradient![at]! + belief * product;
        }
        slope += product * context;
      }
      if (slot >= 0) softGradient![slot] = slope;
    });
    if (softWeights) throughSoftmax(softGradient!, softWeights, attributes.candidates.lambda + 1);
  },
};

interface BlockTerm {
  readonly target: number;
  readonly size: number;
  readonly source: number;
  readonly context: number;
  readonly contextSize: number;
  readonly belief: number;
}

function addBlock(blocks: Float32Array, H: Float32Array, z: Float32Array, term: BlockTerm): void {
  const { target, size, belief, contextSize } = term;
  for (let c = 0; c < Math.max(contextSize, 1); c++) {
    const share = contextSize === 0 ? belief : belief * z[term.context + c]!;
    const source = term.source + c * size;
    for (let i = 0; i < size; i++) {
      blocks[target + i] = blocks[target + i]! + share * H[source + i]!;
    }
  }
}

/** Visits every pair of location and candidate; `slot` is its place in the soft weights, or -1. */
function forEachTerm(
  { candidates }: GenerateBlocksAttributes,
  softWeights: KernelInput | undefined,
  visit: (location: number, module: number, belief: number, slot: number) => void,
): void {
  const { alignment, locations, challengers, lambda } = candidates;
  const slots = lambda + 1;
  const beliefs = new Float64Array(slots);
  let listed = 0;
  for (let l = 0; l < alignment.length; l++) {
    if (softWeights === undefined || locations[listed] !== l) {
      visit(l, alignment[l]!, 1, -1);
      continue;
    }
    softmax(softWeights.values, listed * slots, beliefs);
    for (let i = 0; i < slots; i++) {
      const module = i === 0 ? alignment[l]! : challengers[listed * lambda + i - 1]!;
      visit(l, module, beliefs[i]!, listed * slots + i);
    }
    listed++;
  }
}

/** dL/ds_i = p_i (g_i - sum_j p_j g_j), in place of g. */
function throughSoftmax(gradient: Float32Array, softWeights: KernelInput, slots: number): void {
  const beliefs = new Float64Array(slots);
  for (let first = 0; first < gradient.length; first += slots) {
    softmax(softWeights.values, first, beliefs);
    let mean = 0;
    for (let i = 0; i < slots; i++) mean += beliefs[i]! * gradient[first + i]!;
    for (let i = 0; i < slots; i++) {
      gradient[first + i] = beliefs[i]! * (gradient[first + i]! - mean);
    }
  }
}
