import * as tf from "@tensorflow/tfjs-core";

/**
 * The trainable numbers from which all blocks are generated.
 *
 * With a context size of 0 blocks are shared exactly: a hypermodule is one block, and contexts are
 * an empty `[L, 0]`.
 */
export interface Bank {
  /** The hypermodules H, `[K, max(c, 1), m, n]`. */
  readonly modules: tf.Tensor4D;
  /** The contexts z, `[L, c]`. */
  readonly contexts: tf.Tensor2D;
}

/** The sizes of a bank: `modules` K, `locations` L, `contextSize` c and the `block` shape [m, n]. */
export interface BankSizes {
  readonly modules: number;
  readonly locations: number;
  readonly contextSize: number;
  readonly block: readonly [number, number];
}

/** Reads the sizes off a bank's tensors. */
export function bankSizes({ modules, contexts }: Bank): BankSizes {
  const [count, , rows, columns] = modules.shape;
  const [locations, contextSize] = contexts.shape;
  return { modules: count, locations, contextSize, block: [rows, columns] };
}

/**
 * Checks that a bank's tensors fit each other and an alignment of `locations` entries.
 *
 * @throws {RangeError} naming the shapes that do not fit.
 */
export function checkBank({ modules, contexts }: Bank, locations: number, caller: string): void {
  const [rows, contextSize] = contexts.shape;
  if (modules.rank !== 4 || contexts.rank !== 2 || modules.shape[1] !== Math.max(contextSize, 1)) {
    throw new RangeError(
      `${caller}: modules must be [K, max(c, 1), m, n] and contexts [L, c]; got [${modules.shape}] and [${contexts.shape}].`,
    );
  }
  if (rows !== locations) {
    throw new RangeError(
      `${caller}: contexts must have one row for each of ${locations} locations; got [${contexts.shape}].`,
    );
  }
}

/** Frees a bank's tensors. */
export function disposeBank({ modules, contexts }: Bank): void {
  tf.dispose([modules, contexts]);
}
