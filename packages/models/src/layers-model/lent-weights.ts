import type * as tf from "@tensorflow/tfjs-core";
import type { FoundWeight } from "./found-weights.js";
import type { Keeper } from "./keeper.js";
import type { LayerVariableLike } from "./layers-model-like.js";
import type { Replacement } from "./with-replaced.js";

/**
 * Lets variables read tensors that are lent, and notes in `lent` what layers write instead of writing it.
 *
 * A layer that is used twice reads the second time what it wrote the first.
 */
export function lendWeights(
  weights: readonly FoundWeight[],
  lent: Map<LayerVariableLike, tf.Tensor>,
  { keep }: Keeper,
): Replacement[] {
  return weights.flatMap(({ name, variable, isTrained }) => {
    const write = (value: tf.Tensor) => {
      if (isTrained) {
        throw new Error(
          `fromLayersModel: a layer must not write to what is trained; one wrote to ${name}. Make that weight with trainable: false.`,
        );
      }
      lent.set(variable, keep(value));
      return variable;
    };
    return [
      { of: variable, key: "read", by: () => lent.get(variable) },
      { of: variable, key: "write", by: write },
    ];
  });
}
