import * as tf from "@tensorflow/tfjs-core";
import { type Adapters, adapterBlocks, adaptersGradient, adaptersOf } from "./adapters.js";
import { type Bank, checkBank } from "./bank.js";
import { type Candidates, checkCandidates } from "./candidates.js";
import { composedBlocks, composedBlocksGradient } from "./composed-blocks.js";
import {
  GENERATE_BLOCKS,
  GENERATE_BLOCKS_GRADIENT,
  type GenerateBlocksAttributes,
  type GenerateBlocksGradientInputs,
  type GenerateBlocksInputs,
} from "./generate-blocks-kernel.js";

/**
 * Generates the block of every location.
 *
 * Where location l has one candidate, `B_l[i,j] = sum_c psi(l)[c,i,j] z_l[c]` (Eq. 5). Where it
 * has challengers, `B_l = sum_i softmax(s_l)_i (psi_i(l) x1 z_l)` (Eq. 8): slot 0 of the soft
 * weights belongs to the incumbent, slot i to challenger i - 1. Locations with one candidate cost
 * one block, however many candidates compete elsewhere.
 *
 * With adapters, a location's own `U_l V_l` is added to its block.
 *
 * Differentiable (once) in the bank's tensors and the soft weights. Use
 * {@link blocksGradient} where the gradient of the blocks is at hand already.
 *
 * @param softWeights s, `[candidates.locations.length, lambda + 1]`; left out when no location has
 *   challengers.
 * @returns blocks `[L, m, n]`; the caller disposes them.
 * @throws {RangeError} if shapes do not fit or a candidate names a module that does not exist.
 */
export function generateBlocks(
  bank: Bank,
  candidates: Candidates,
  softWeights?: tf.Tensor2D,
): tf.Tensor3D {
  check(bank, candidates, softWeights, "generateBlocks");
  const attributes = { candidates, contextSize: bank.contexts.shape[1] };
  const inputs = [bank.modules, bank.contexts, ...(softWeights ? [softWeights] : [])];
  const op = tf.customGrad((...given) => {
    const tensors = given.slice(0, -1) as tf.Tensor[];
    const save = given.at(-1) as tf.GradSaveFunc; // tfjs appends it to the inputs
    save(tensors);
    return {
      value: forward(namedInputs(tensors), attributes),
      gradFunc: (blocksGradient, saved) =>
        backward(
          { ...namedInputs(saved), blocksGradient: blocksGradient as tf.Tensor3D },
          attributes,
        ),
    };
  });
  const adapters = adaptersOf(bank);
  if (adapters === null) return op(...inputs) as tf.Tensor3D;
  return tf.tidy(() => tf.add(op(...inputs), adapterBlocks(adapters)));
}

/** The gradients of a loss with respect to a bank and its soft weights; the caller disposes them. */
export interface BankGradient extends Partial<Adapters> {
  readonly modules: tf.Tensor4D;
  readonly contexts: tf.Tensor2D;
  readonly softWeights?: tf.Tensor2D;
}

/**
 * The backward pass of {@link generateBlocks}, to be run once after the gradients of all tasks
 * with respect to the blocks were added up.
 *
 * @param gradient the loss's gradient with respect to the blocks, `[L, m, n]`.
 * @throws {RangeError} as {@link generateBlocks} does.
 */
export function blocksGradient(
  bank: Bank,
  candidates: Candidates,
  { softWeights, gradient }: { softWeights?: tf.Tensor2D; gradient: tf.Tensor3D },
): BankGradient {
  check(bank, candidates, softWeights, "blocksGradient");
  checkGradient(gradient, bank);
  const { modules: H, contexts: z } = bank;
  const inputs = {
    ...{ modules: H, contexts: z, blocksGradient: gradient },
    ...(softWeights && { softWeights }),
  };
  const attributes = { candidates, contextSize: bank.contexts.shape[1] };
  const [modules, contexts, soft] = backward(inputs, attributes);
  const adapters = adaptersOf(bank);
  return {
    modules: modules as tf.Tensor4D,
    contexts: contexts as tf.Tensor2D,
    ...(soft && { softWeights: soft as tf.Tensor2D }),
    ...(adapters && adaptersGradient(adapters, gradient)),
  };
}

function forward(inputs: GenerateBlocksInputs, attributes: GenerateBlocksAttributes) {
  return isFused(GENERATE_BLOCKS)
    ? run<tf.Tensor3D>(GENERATE_BLOCKS, inputs, attributes)
    : composedBlocks(inputs, attributes);
}

function backward(inputs: GenerateBlocksGradientInputs, attributes: GenerateBlocksAttributes) {
  return isFused(GENERATE_BLOCKS_GRADIENT)
    ? run<tf.Tensor[]>(GENERATE_BLOCKS_GRADIENT, inputs, attributes)
    : composedBlocksGradient(inputs, attributes);
}

const isFused = (kernel: string) => tf.getKernel(kernel, tf.getBackend()) != null;

/** tfjs types kernel inputs and attributes as its own loose records. */
function run<T>(
  kernel: string,
  inputs: GenerateBlocksInputs,
  attributes: GenerateBlocksAttributes,
): T {
  return tf
    .engine()
    .runKernel(
      kernel,
      inputs as unknown as tf.NamedTensorMap,
      attributes as unknown as tf.NamedAttrMap,
    ) as T;
}

function namedInputs(tensors: readonly tf.Tensor[]): GenerateBlocksInputs {
  const [modules, contexts, softWeights] = tensors;
  return {
    modules: modules as tf.Tensor4D,
    contexts: contexts as tf.Tensor2D,
    ...(softWeights && { softWeights: softWeights as tf.Tensor2D }),
  };
}

function checkGradient({ shape }: tf.Tensor, { modules, contexts }: Bank): void {
  const expected = `[${[contexts.shape[0], ...modules.shape.slice(2)]}]`;
  if (`[${shape}]` === expected) return;
  throw new RangeError(
    `blocksGradient: gradient must have the shape of the blocks, ${expected}; got [${shape}].`,
  );
}

function check(
  bank: Bank,
  candidates: Candidates,
  softWeights: tf.Tensor2D | undefined,
  caller: string,
): void {
  checkBank(bank, candidates.alignment.length, caller);
  checkCandidates(candidates, bank.modules.shape[0], caller);
  const listed = candidates.locations.length;
  const expected = listed === 0 ? "none" : `[${[listed, candidates.lambda + 1]}]`;
  const got = softWeights === undefined ? "none" : `[${softWeights.shape}]`;
  if (expected !== got) {
    throw new RangeError(
      `${caller}: softWeights must be ${expected} for ${listed} locations with ${candidates.lambda} challengers; got ${got}.`,
    );
  }
}
