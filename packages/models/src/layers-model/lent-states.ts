import type * as tf from "@tensorflow/tfjs-core";
import type { Keeper } from "./keeper.js";
import type { LayerLike } from "./layers-model-like.js";
import type { Replacement } from "./with-replaced.js";

/** Where a recurrent layer with state has it. */
interface Recurrent {
  states_: readonly tf.Tensor[];
}

/**
 * Lets recurrent layers start from states that are lent, and notes in `lent` where they end, instead of
 * keeping and disposing them.
 */
export function lendStates(
  lent: Map<LayerLike, readonly tf.Tensor[]>,
  { keep }: Keeper,
): Replacement[] {
  return [...lent].flatMap(([layer, states]) => {
    const resetStates = (next: readonly tf.Tensor[]) => {
      const ends = next.map(keep);
      lent.set(layer, ends);
      (layer as unknown as Recurrent).states_ = ends; // used again, the layer goes on from there
    };
    return [
      { of: layer, key: "states_", by: states },
      { of: layer, key: "resetStates", by: resetStates },
    ];
  });
}
