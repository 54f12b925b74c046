import * as tf from "@tensorflow/tfjs-core";
import type { LayerLike } from "./layers-model-like.js";
import type { Replacement } from "./with-replaced.js";

/** What a cell of a recurrent layer keeps from its first step to its last, and then leaves lying about. */
type Masks = Partial<Record<(typeof keys)[number], tf.Tensor | tf.Tensor[] | null>>;

const keys = ["dropoutMask", "recurrentDropoutMask"] as const;

/** Whether a layer is a cell that can have such masks. */
export const hasMasks = (layer: LayerLike) => keys.some((key) => key in layer);

/** Lets cells begin without masks, so that each application draws its own. */
export function withoutMasks(cells: readonly LayerLike[]): Replacement[] {
  return cells.flatMap((cell) => keys.map((key) => ({ of: cell, key, by: null })));
}

/** Frees the masks that cells have now. */
export function disposeMasks(cells: readonly LayerLike[]): void {
  for (const cell of cells) {
    for (const key of keys) tf.dispose((cell as Masks)[key] ?? []);
  }
}
