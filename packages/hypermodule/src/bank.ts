import * as tf from "@tensorflow/tfjs-core";
import { type Adapters, adaptersOf } from "./adapters.js";

/**
 * The trainable numbers from which all blocks are generated; with adapters, both of their tensors.
 *
 * With a context size of 0 blocks are shared exactly: a hypermodule is one block, and contexts are
 * an empty `[L, 0]`.
 */
export interface Bank extends Partial<Adapters> {
  /** The hypermodules H, `[K, max(c, 1), m, n]`. */
  readonly modules: tf.Tensor4D;
  /** The contexts z, `[L, c]`. */
  readonly contexts: tf.Tensor2D;
}

/**
 * The sizes of a bank: `modules` K, `locations` L, `contextSize` c, the `block` shape [m, n] and, with
 * adapters, their rank r.
 */
export interface BankSizes {
  readonly modules: number;
  readonly locations: number;
  readonly contextSize: number;
  readonly block: readonly [number, number];
  readonly adapterRank?: number;
}

/** Reads the sizes off a bank's tensors. */
export function bankSizes({ modules, contexts, adapterIn }: Bank): BankSizes {
  const [count, , rows, columns] = modules.shape;
  const [locations, contextSize] = contexts.shape;
  const sizes = { modules: count, locations, contextSize, block: [rows, columns] as const };
  return adapterIn === undefined ? sizes : { ...sizes, adapterRank: adapterIn.shape[2] };
}

/**
 * Checks that a bank's tensors fit each other and an alignment of `locations` entries.
 *
 * @throws {RangeError} naming the shapes that do not fit.
 */
export function checkBank(bank: Bank, locations: number, caller: string): void {
  const { modules, contexts } = bank;
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
  checkAdapters(bank, caller);
}

function checkAdapters({ modules, contexts, ...rest }: Bank, caller: string): void {
  if (rest.adapterIn === undefined && rest.adapterOut === undefined) return;
  const [locations, rank] = [contexts.shape[0], rest.adapterIn?.shape[2] ?? "r"];
  const [, , rows, columns] = modules.shape;
  const expected = `[${[locations, rows, rank]}] and [${[locations, rank, columns]}]`;
  const got = `[${rest.adapterIn?.shape ?? "none"}] and [${rest.adapterOut?.shape ?? "none"}]`;
  if (adaptersOf(rest) !== null && expected === got) return;
  throw new RangeError(
    `${caller}: adapterIn and adapterOut must be [L, m, r] and [L, r, n], ${expected}; got ${got}.`,
  );
}

/** Frees a bank's tensors. */
export function disposeBank(bank: Bank): void {
  tf.dispose(Object.values(bank));
}
