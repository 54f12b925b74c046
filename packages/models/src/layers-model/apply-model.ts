import * as tf from "@tensorflow/tfjs-core";
import { disposeMasks, withoutMasks } from "./dropout-masks.js";
import { createKeeper } from "./keeper.js";
import type { LayerLike, LayerVariableLike } from "./layers-model-like.js";
import { lendStates } from "./lent-states.js";
import { lendWeights } from "./lent-weights.js";
import type { ModelParts } from "./model-parts.js";
import { withReplaced } from "./with-replaced.js";

/** What a model is applied with instead of what it holds. */
export interface Lent {
  /** What each variable reads; all of the model's. */
  readonly weights: ReadonlyMap<LayerVariableLike, tf.Tensor>;
  /** What each recurrent layer with state starts from. */
  readonly states: ReadonlyMap<LayerLike, readonly tf.Tensor[]>;
}

/** What comes of it: outputs, and what was lent, but for the parts that layers wrote. */
export interface AppliedModel extends Lent {
  readonly outputs: readonly tf.Tensor[];
}

/** How a model is applied. */
export interface ApplyOptions extends Lent {
  readonly training: boolean;
  readonly random: () => number;
}

/**
 * Applies a model as a pure function: its layers read what is lent, and what they would write to their
 * variables comes back. The model stays as it is, also where a layer throws.
 *
 * Layers draw by ops of TensorFlow.js without a seed, or in ways of their own, and all of these draw
 * from `Math.random`: so for as long as the model runs, that is `random`. When evaluating, where
 * nothing may be left to chance, it gives the same numbers every time.
 *
 * To be called inside a tidy.
 */
export function applyModel(
  { model, weights, cells, missing }: ModelParts,
  inputs: tf.Tensor[],
  { training, random, ...lent }: ApplyOptions,
): AppliedModel {
  const keeper = createKeeper();
  const read = new Map(lent.weights);
  const states = new Map(lent.states);
  const replacements = [
    ...lendWeights(weights, read, keeper),
    ...lendStates(states, keeper),
    ...withoutMasks(cells),
    // batch normalization of TensorFlow.js 4 reads both in training, also where it was made without
    ...(training ? missing : []).map(({ layer, key, constant, shape }) => ({
      of: layer,
      key,
      by: { read: () => tf.fill([...shape], constant) },
    })),
    { of: Math, key: "random", by: training ? random : sameEveryTime() },
  ];
  const run = () => {
    try {
      return model.apply(inputs.length === 1 ? inputs[0]! : inputs, { training });
    } finally {
      disposeMasks(cells);
    }
  };
  try {
    const outputs = [withReplaced(replacements, run)].flat() as tf.Tensor[];
    const { release } = keeper;
    return {
      outputs,
      weights: new Map([...read].map(([variable, tensor]) => [variable, release(tensor)])),
      states: new Map([...states].map(([layer, tensors]) => [layer, tensors.map(release)])),
    };
  } finally {
    keeper.dispose();
  }
}

/** Numbers in [0, 1), evenly spread: multiples of the golden ratio. */
function sameEveryTime(): () => number {
  let draws = 0;
  return () => (++draws * 0.6180339887498949) % 1;
}
