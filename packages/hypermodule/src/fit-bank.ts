import {
  type DecompositionPlan,
  formatAddress,
  locationAddress,
  modelLocations,
} from "@muir/decompose";
import * as tf from "@tensorflow/tfjs-core";
import { type Adapters, adapterBlocks, adaptersOf } from "./adapters.js";
import { type Bank, checkBank } from "./bank.js";
import { blocksToFit } from "./blocks-to-fit.js";
import { checkCandidates, settled } from "./candidates.js";
import { contextScale } from "./initial-scale.js";
import { moduleUses } from "./module-uses.js";

/** What {@link fitBank} fits. */
export interface FitBankOptions {
  readonly plan: DecompositionPlan;
  /** The weights of the networks to fit, by network and parameter. Other networks stay as they were drawn. */
  readonly weights: Readonly<Record<string, Readonly<Record<string, tf.Tensor>>>>;
  /** Sigma_H that `bank` was drawn with; 1 / sqrt(c) unless given. */
  readonly moduleDeviation?: number;
}

/**
 * A bank that generates given weights, so that training begins from what pretrained networks know.
 *
 * Every block of a fitted network needs a hypermodule of its own, as in a disjoint alignment of as many
 * hypermodules as locations. With B the block, z the context that Eq. 7 gives the size of its parameter's
 * entries (their root mean square; z is just that unless `moduleDeviation` is given) and R the hypermodule in
 * `bank`, `H[c] = R[c] - mean(R) + B / (c z)`, and all contexts are z:
 * the sum over contexts is B, and entries of H keep the variance that those of R have. What the c
 * parts have beside their sum stays random, for parts that are equal would be trained alike for ever;
 * so do entries past the edges of a matrix. Adapters stay as they are, and B is the block without what they add.
 *
 * @param bank what `createBank` drew.
 * @param alignment the module of each location, `[L]`.
 * @returns a new bank, which the caller disposes, as `bank`.
 * @throws {RangeError} if a fitted location shares its hypermodule, or bank, alignment, plan and weights
 *   do not fit each other.
 * @example
 * ```ts
 * const fitted = fitBank(bank, alignment, { plan, weights: { vision: pretrained } });
 * materialize(fitted, alignment, plan)["vision"]; // the pretrained weights
 * ```
 */
export function fitBank(
  bank: Bank,
  alignment: Int32Array,
  { plan, weights, ...split }: FitBankOptions,
): Bank {
  check(bank, alignment, plan);
  const models = Object.keys(weights);
  const locations = models.flatMap((model) => {
    const { first, count } = modelLocations(plan, model);
    return Array.from({ length: count }, (_, i) => first + i);
  });
  requireOwnModules(locations, { alignment, plan, modules: bank.modules.shape[0] });
  const { modules, contexts } = bank;
  return tf.tidy(() => {
    const adapters = adaptersOf(bank);
    const copies = {
      ...{ modules: tf.clone(modules), contexts: tf.clone(contexts) },
      ...(adapters && copiedAdapters(adapters)),
    };
    if (locations.length === 0) return copies;
    const given = models
      .filter((model) => modelLocations(plan, model).count > 0)
      .map((model) => blocksToFit(weights[model]!, { plan, model }));
    const [blocks, isKept, sizes] = (["blocks", "isKept", "sizes"] as const).map((part) =>
      tf.concat(given.map((fit) => fit[part])),
    ) as [tf.Tensor3D, tf.Tensor3D, tf.Tensor1D];
    const added = adapters && tf.gather(adapterBlocks(adapters), tf.tensor1d(locations, "int32"));
    const generated = added ? tf.sub(blocks, added) : blocks;
    const own = locations.map((location) => alignment[location]!);
    const drawn = tf.gather(modules, tf.tensor1d(own, "int32"));
    if (contexts.shape[1] === 0) {
      const fitted = fittedModules(drawn, { sums: generated, isKept });
      return { ...copies, modules: withRows(modules, own, fitted) };
    }
    const scales = tf.mul(sizes, contextScale(1, contexts.shape[1], split));
    const perContext = tf.tile(tf.expandDims(scales, 1), [1, contexts.shape[1]]) as tf.Tensor2D;
    const sums = tf.div(generated, tf.reshape(scales, [-1, 1, 1]));
    return {
      ...copies,
      modules: withRows(modules, own, fittedModules(drawn, { sums, isKept })),
      contexts: withRows(contexts, locations, perContext),
    };
  });
}

const copiedAdapters = ({ adapterIn, adapterOut }: Adapters) => ({
  adapterIn: tf.clone(adapterIn),
  adapterOut: tf.clone(adapterOut),
});

/** Moves hypermodules `[count, max(c, 1), m, n]` to have these sums over c, where an entry is kept. */
function fittedModules(
  drawn: tf.Tensor4D,
  { sums, isKept }: { sums: tf.Tensor; isKept: tf.Tensor },
): tf.Tensor4D {
  // the drawn sum is taken away before the wanted one is added: with c = 1 nothing of it is left, exactly
  const rest = tf.sub(drawn, tf.mean(drawn, 1, true));
  const moved = tf.add(rest, tf.expandDims(tf.div(sums, drawn.shape[1]), 1));
  return tf.where(tf.expandDims(isKept, 1), moved, drawn) as tf.Tensor4D;
}

/** A tensor with some rows replaced. */
function withRows<T extends tf.Tensor>(tensor: T, places: readonly number[], rows: T): T {
  const source = Int32Array.from({ length: tensor.shape[0]! }, (_, row) => row);
  places.forEach((place, i) => {
    source[place] = source.length + i;
  });
  return tf.gather(tf.concat([tensor, rows]), tf.tensor1d(source, "int32"));
}

function check(bank: Bank, alignment: Int32Array, { locations, block }: DecompositionPlan): void {
  if (alignment.length !== locations) {
    throw new RangeError(
      `fitBank: alignment must name a module for each of the plan's ${locations} locations; got ${alignment.length}.`,
    );
  }
  checkBank(bank, locations, "fitBank");
  checkCandidates(settled(alignment), bank.modules.shape[0], "fitBank");
  if (String(bank.modules.shape.slice(2)) !== String(block)) {
    throw new RangeError(
      `fitBank: hypermodules must have the plan's block shape [${block}]; got [${bank.modules.shape.slice(2)}].`,
    );
  }
}

function requireOwnModules(
  locations: readonly number[],
  { alignment, plan, modules }: { alignment: Int32Array; plan: DecompositionPlan; modules: number },
): void {
  const uses = moduleUses(alignment, modules);
  const shared = locations.find((location) => uses[alignment[location]!]! > 1);
  if (shared === undefined) return;
  const module = alignment[shared]!;
  throw new RangeError(
    `fitBank: every location to fit must have a hypermodule of its own; location ${shared}, ${formatAddress(locationAddress(plan, shared))}, shares ${module} with ${uses[module]! - 1} more. Start from a disjoint alignment with as many hypermodules as locations.`,
  );
}
