import { assemble, type DecompositionPlan } from "@muir/decompose";
import * as tf from "@tensorflow/tfjs-core";
import type { Bank } from "./bank.js";
import { settled } from "./candidates.js";
import { generateBlocks } from "./generate-blocks.js";

/**
 * The plain weights that a bank generates, for the original networks: they run without a bank.
 *
 * @param alignment the module of each location, `[L]`.
 * @returns weights by model and parameter; the caller disposes them.
 */
export function materialize(
  bank: Bank,
  alignment: Int32Array,
  plan: DecompositionPlan,
): Record<string, Record<string, tf.Tensor>> {
  return tf.tidy(() => assemble(generateBlocks(bank, settled(alignment)), plan));
}
