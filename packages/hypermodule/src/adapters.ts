import * as tf from "@tensorflow/tfjs-core";

/**
 * What a location adds to the block it is generated, `U_l V_l` of small rank r (parallel adapters, Rebuffi et
 * al. 2018): what is particular about one place, where the rest is shared.
 */
export interface Adapters {
  /** U, from the m rows of a block to r: `[L, m, r]`. */
  readonly adapterIn: tf.Tensor3D;
  /** V, from r to its n columns: `[L, r, n]`. */
  readonly adapterOut: tf.Tensor3D;
}

/** The adapters among a bank's tensors; null if it has none. */
export function adaptersOf({ adapterIn, adapterOut }: Partial<Adapters>): Adapters | null {
  return adapterIn && adapterOut ? { adapterIn, adapterOut } : null;
}

/** What adapters add to all blocks, `[L, m, n]`. */
export function adapterBlocks({ adapterIn, adapterOut }: Adapters): tf.Tensor3D {
  return tf.matMul(adapterIn, adapterOut);
}

/** The gradients of adapters, given that of the blocks, `[L, m, n]`; the caller disposes them. */
export function adaptersGradient(
  { adapterIn, adapterOut }: Adapters,
  gradient: tf.Tensor3D,
): Adapters {
  return {
    adapterIn: tf.matMul(gradient, adapterOut, false, true),
    adapterOut: tf.matMul(adapterIn, gradient, true, false),
  };
}
