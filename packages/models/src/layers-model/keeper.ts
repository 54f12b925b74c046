import * as tf from "@tensorflow/tfjs-core";

/** Copies of tensors that outlive the tidies of the layers which made them. */
export interface Keeper {
  /** A copy that stays until {@link dispose}. */
  keep(tensor: tf.Tensor): tf.Tensor;
  /** The tensor itself; of a kept copy, one that the present tidy looks after. */
  release(tensor: tf.Tensor): tf.Tensor;
  dispose(): void;
}

/** A keeper with nothing yet. */
export function createKeeper(): Keeper {
  const kept = new Set<tf.Tensor>();
  return {
    keep(tensor) {
      const copy = tf.keep(tf.clone(tensor));
      kept.add(copy);
      return copy;
    },
    release: (tensor) => (kept.has(tensor) ? tf.clone(tensor) : tensor),
    dispose() {
      tf.dispose([...kept]);
      kept.clear();
    },
  };
}
