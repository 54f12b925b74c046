import * as tf from "@tensorflow/tfjs-core";
import type { DecompositionPlan, SharedParameter } from "./decomposition-plan.js";
import { locationsOf } from "./model-locations.js";
import { rearrangeBack } from "./rearrange.js";

/**
 * Puts blocks together to the weights of every model: weights[model][parameter].
 *
 * Entries of blocks past the edge of their matrix are discarded. Linear in the blocks, with
 * {@link dissect} as its gradient.
 *
 * The caller owns the weights and disposes them; the blocks stay the caller's too. Where one
 * parameter takes all blocks as they are, its weight is a reshape of them, which copies nothing. So
 * write nothing in place, and on the wasm backend do not use both as second operand of `tf.matMul`:
 * that backend packs such an operand once for its memory, whatever shape it is read in later. Two
 * weights are never reshapes of one another.
 *
 * @param blocks one for each location, `[L, m, n]`.
 * @throws {RangeError} if the shape of `blocks` is another.
 * @example
 * ```ts
 * const { lenet } = assemble(blocks, plan);
 * lenet!["conv2"]!.shape; // [5, 5, 16, 16]
 * ```
 */
export function assemble(
  blocks: tf.Tensor,
  plan: DecompositionPlan,
): Record<string, Record<string, tf.Tensor>> {
  checkBlocks(blocks, { plan, caller: "assemble" });
  return tf.tidy(() => {
    const weights = put(blocks, plan.shared);
    const ofModel = (name: string) =>
      plan.shared.flatMap(({ model, parameter }, i) =>
        model === name ? [[parameter, weights[i]!] as const] : [],
      );
    return Object.fromEntries(
      plan.models.map(({ name }) => [name, Object.fromEntries(ofModel(name))]),
    );
  });
}

/**
 * The weights of one model, as {@link assemble} gives them, without putting together the others.
 *
 * @param blocks those of all models, `[L, m, n]`; the ones of this model are taken out of them.
 * @throws {RangeError} if the shape of `blocks` is another, or the plan has no such model.
 */
export function assembleModel(
  blocks: tf.Tensor,
  plan: DecompositionPlan,
  model: string,
): Record<string, tf.Tensor> {
  checkBlocks(blocks, { plan, caller: "assembleModel" });
  const { first, count } = locationsOf(model, { plan, caller: "assembleModel" });
  const shared = plan.shared.filter((parameter) => parameter.model === model);
  return tf.tidy(() => {
    // the model's part first: backends that slice slowly then read all blocks once, not once a parameter
    const own = count === plan.locations ? blocks : tf.slice(blocks, first, count);
    const weights = put(own, shared);
    return Object.fromEntries(shared.map(({ parameter }, i) => [parameter, weights[i]!]));
  });
}

function put(blocks: tf.Tensor, shared: readonly SharedParameter[]): tf.Tensor[] {
  if (shared.length === 0) return [];
  const counts = shared.map(({ count }) => count);
  // split rather than slice: its gradient is one concat instead of a padded copy of all blocks each
  const parts = shared.length === 1 ? [blocks] : tf.split(blocks, counts);
  return parts.map((part, i) => {
    const { rearrangements, shape } = shared[i]!;
    return tf.reshape(rearrangeBack(part, rearrangements), [...shape]);
  });
}

function checkBlocks(
  blocks: tf.Tensor,
  { plan, caller }: { plan: DecompositionPlan; caller: string },
): void {
  const expected = [plan.locations, ...plan.block];
  if (blocks.shape.length === 3 && expected.every((size, i) => size === blocks.shape[i])) return;
  throw new RangeError(
    `${caller}: blocks must be [locations, m, n] = [${expected}]; got [${blocks.shape}].`,
  );
}
