import * as tf from "@tensorflow/tfjs-core";
import type { Candidates } from "./candidates.js";
import type {
  GenerateBlocksAttributes,
  GenerateBlocksGradientInputs,
  GenerateBlocksInputs,
} from "./generate-blocks-kernel.js";

/** Eq. 5 and 8 out of standard ops, for backends without the fused kernel. Returns `[L, m, n]`. */
export function composedBlocks(
  inputs: GenerateBlocksInputs,
  attributes: GenerateBlocksAttributes,
): tf.Tensor3D {
  return tf.tidy(() => {
    const terms = termsOf(attributes.candidates);
    const { coefficients, modules } = gathered(inputs, attributes, terms);
    const blocks = tf.squeeze(tf.matMul(tf.expandDims(coefficients, 1), modules), [1]);
    const shape = inputs.modules.shape;
    return tf.reshape(sumByLocation(blocks as tf.Tensor2D, terms), [-1, shape[2], shape[3]]);
  });
}

/** The gradients of {@link composedBlocks}: modules, contexts and, if given, soft weights. */
export function composedBlocksGradient(
  { blocksGradient, ...inputs }: GenerateBlocksGradientInputs,
  attributes: GenerateBlocksAttributes,
): tf.Tensor[] {
  return tf.tidy(() => {
    const terms = termsOf(attributes.candidates);
    const { coefficients, modules, contexts, weights } = gathered(inputs, attributes, terms);
    const [count, rank, rows, columns] = inputs.modules.shape;
    const flat = tf.reshape(blocksGradient, [-1, rows * columns]);
    const upstream = tf.expandDims(tf.gather(flat, terms.location), 1); // [terms, 1, m n]
    const outer = tf.matMul(tf.expandDims(coefficients, 2), upstream); // [terms, c, m n]
    const modulesGradient = tf.scatterND(
      tf.expandDims(terms.module, 1),
      tf.reshape(outer, [-1, rank * rows * columns]),
      [count, rank * rows * columns],
    );
    // how each term's block, per unit of context, moves the loss: [terms, c]
    const slopes = tf.squeeze(tf.matMul(modules, upstream, false, true), [2]) as tf.Tensor2D;
    const contextsGradient =
      attributes.contextSize === 0
        ? tf.zerosLike(inputs.contexts)
        : sumByLocation(tf.mul(slopes, weights), terms);
    const gradients = [tf.reshape(modulesGradient, inputs.modules.shape), contextsGradient];
    if (inputs.softWeights !== undefined) {
      const slots = tf.reshape(
        tf.slice(tf.sum(tf.mul(slopes, contexts), 1), [terms.single], [-1]),
        inputs.softWeights.shape,
      );
      const beliefs = tf.softmax(inputs.softWeights);
      const mean = tf.sum(tf.mul(beliefs, slots), 1, true);
      gradients.push(tf.mul(beliefs, tf.sub(slots, mean)));
    }
    return gradients;
  });
}

/** One term for each pair of location and candidate: first locations with one candidate, then the rest. */
interface Terms {
  readonly location: tf.Tensor1D;
  readonly module: tf.Tensor1D;
  /** How many terms belong to locations with one candidate. */
  readonly single: number;
  readonly slots: number;
  /** For each location, its row among the summed terms. */
  readonly row: tf.Tensor1D;
}

function termsOf({ alignment, locations, challengers, lambda }: Candidates): Terms {
  const slots = lambda + 1;
  const single = alignment.length - locations.length;
  const location = new Int32Array(single + locations.length * slots);
  const module = new Int32Array(location.length);
  const row = new Int32Array(alignment.length);
  let listed = 0;
  for (let l = 0; l < alignment.length; l++) {
    const isListed = locations[listed] === l;
    const first = isListed ? single + listed * slots : l - listed;
    location.fill(l, first, first + (isListed ? slots : 1));
    module[first] = alignment[l]!;
    row[l] = isListed ? single + listed : l - listed;
    if (isListed) {
      module.set(challengers.subarray(listed * lambda, (listed + 1) * lambda), first + 1);
      listed++;
    }
  }
  return {
    location: tf.tensor1d(location, "int32"),
    module: tf.tensor1d(module, "int32"),
    row: tf.tensor1d(row, "int32"),
    single,
    slots,
  };
}

function gathered(
  { modules, contexts, softWeights }: GenerateBlocksInputs,
  { contextSize }: GenerateBlocksAttributes,
  { location, module, single }: Terms,
) {
  const [count, rank, rows, columns] = modules.shape;
  const flat = tf.gather(tf.reshape(modules, [count, -1]), module);
  const termContexts =
    contextSize === 0 ? tf.ones([location.size, 1]) : tf.gather(contexts, location);
  const beliefs = softWeights && tf.reshape(tf.softmax(softWeights), [-1, 1]);
  const alone = single > 0 ? [tf.ones([single, 1])] : []; // wasm divides by the size of empty tensors
  const weights = tf.concat(beliefs ? [...alone, beliefs] : alone);
  return {
    modules: tf.reshape(flat, [-1, rank, rows * columns]) as tf.Tensor3D,
    contexts: termContexts as tf.Tensor2D,
    weights,
    coefficients: tf.mul(termContexts, weights) as tf.Tensor2D,
  };
}

/** Adds up the terms of each location: `[terms, size]` to `[L, size]`. */
function sumByLocation(values: tf.Tensor2D, { single, slots, row }: Terms): tf.Tensor2D {
  const [terms, size] = values.shape;
  if (single === terms) return values; // in order already, as below where all compete
  const competing = single === 0 ? values : tf.slice(values, [single, 0], [-1, size]);
  const summed = tf.sum(tf.reshape(competing, [-1, slots, size]), 1) as tf.Tensor2D;
  if (single === 0) return summed;
  return tf.gather(tf.concat([tf.slice(values, [0, 0], [single, size]), summed]), row);
}
