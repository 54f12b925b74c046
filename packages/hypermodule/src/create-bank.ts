import { standardNormal } from "@muir/random";
import * as tf from "@tensorflow/tfjs-core";
import type { Bank } from "./bank.js";
import { checkAdapterRank, createAdapters } from "./create-adapters.js";
import {
  checkModuleDeviation,
  checkScale,
  contextScale,
  type InitialScale,
  moduleDeviation,
} from "./initial-scale.js";

/** What a bank is made from. */
export interface BankOptions {
  /** Hypermodules K. */
  readonly modules: number;
  /** Contexts c; 0 shares blocks exactly. */
  readonly contextSize: number;
  /** The block shape [m, n]. */
  readonly block: readonly [number, number];
  /** For each location the standard deviation its layer was designed for, `[L]`. */
  readonly deviations: Float32Array;
  /** Which module each location starts with; only asked for when `contextSize` is 0. */
  readonly alignment?: Int32Array;
  readonly scale?: InitialScale;
  /**
   * Standard deviation sigma_H of every entry of every hypermodule, 1 / sqrt(c) unless given. The smaller
   * it is, the larger contexts start, so that blocks keep their variance. Only with contexts.
   */
  readonly moduleDeviation?: number;
  /**
   * Rank r of the adapters that every location has of its own, up to the smaller side of a block; 0, none, unless
   * given. They start adding nothing.
   */
  readonly adapterRank?: number;
  /** Uniform draws in [0, 1). */
  readonly random: () => number;
}

/**
 * A bank whose blocks start with the variance each layer was designed for (Eq. 7).
 *
 * With `contextSize` 0 there is no context to carry a layer's scale, so each hypermodule starts
 * with the smallest deviation of the locations that use it: weights that are too large for their layer would
 * grow its outputs, and those of the next, while training soon makes up for small ones.
 *
 * @throws {RangeError} if a size is out of range, a deviation is not positive, `scale` is no known name, a
 *   location of an alignment that is asked for has no module, or `moduleDeviation` is given where there are
 *   no contexts to make up for it.
 */
export function createBank(options: BankOptions): Bank {
  const { modules, contextSize, block, deviations, scale = "variance", random } = options;
  const { adapterRank = 0 } = options;
  const counts = { modules, locations: deviations.length, rows: block[0], columns: block[1] };
  for (const [name, count] of Object.entries(counts)) {
    if (!Number.isInteger(count) || count < 1) {
      throw new RangeError(`createBank: ${name} must be a positive integer; got ${count}.`);
    }
  }
  if (!Number.isInteger(contextSize) || contextSize < 0) {
    throw new RangeError(`createBank: contextSize must be 0 or more; got ${contextSize}.`);
  }
  checkAdapterRank(adapterRank, { block, caller: "createBank" });
  checkScale(scale, "createBank");
  checkDeviations(deviations);
  const spread = spreadOf(options, "createBank");
  const moduleDeviations =
    contextSize === 0 ? sharedDeviations(options) : new Float64Array(modules).fill(spread);
  const contexts = new Float32Array(deviations.length * contextSize);
  for (let l = 0; contextSize > 0 && l < deviations.length; l++) {
    const size = contextScale(deviations[l]!, contextSize, { scale, moduleDeviation: spread });
    contexts.fill(size, l * contextSize, (l + 1) * contextSize);
  }
  const entries = Math.max(contextSize, 1) * block[0] * block[1];
  const values = new Float32Array(modules * entries);
  for (let i = 0; i < values.length; i++) {
    values[i] = moduleDeviations[Math.floor(i / entries)]! * standardNormal(random);
  }
  return {
    modules: tf.tensor4d(values, [modules, Math.max(contextSize, 1), ...block]),
    contexts: tf.tensor2d(contexts, [deviations.length, contextSize]),
    ...(adapterRank > 0 &&
      createAdapters({ locations: deviations.length, block, rank: adapterRank, random })),
  };
}

/**
 * Fresh values of `count` hypermodules, drawn as {@link createBank} draws one that no location uses:
 * `[count * max(c, 1) * m * n]`. For such modules that now compete again.
 */
export function drawModules(
  count: number,
  options: Pick<BankOptions, "contextSize" | "block" | "deviations" | "moduleDeviation" | "random">,
): Float32Array {
  const { contextSize, block, deviations, random } = options;
  const spread = spreadOf(options, "drawModules");
  const deviation = contextSize === 0 ? overall(deviations) : spread;
  const values = new Float32Array(count * Math.max(contextSize, 1) * block[0] * block[1]);
  return values.map(() => deviation * standardNormal(random));
}

function checkDeviations(deviations: Float32Array): void {
  const wrong = deviations.findIndex((deviation) => !(deviation > 0 && Number.isFinite(deviation)));
  if (wrong < 0) return;
  throw new RangeError(
    `createBank: deviations must be positive numbers; got ${deviations[wrong]} at location ${wrong}.`,
  );
}

/** Sigma_H, the one given or 1 / sqrt(c). */
function spreadOf(
  { contextSize, moduleDeviation: given }: Pick<BankOptions, "contextSize" | "moduleDeviation">,
  caller: string,
): number {
  if (given === undefined) return moduleDeviation(contextSize);
  checkModuleDeviation(given, caller);
  if (contextSize > 0) return given;
  throw new RangeError(
    `${caller}: moduleDeviation must be left out with contextSize 0, where blocks have the deviation of their layers; got ${given}.`,
  );
}

function sharedDeviations({ modules, deviations, alignment }: BankOptions): Float64Array {
  if (alignment === undefined || alignment.length !== deviations.length) {
    throw new RangeError(
      `createBank: with contextSize 0, alignment must name a module for each of ${deviations.length} locations; got ${alignment?.length ?? "none"}.`,
    );
  }
  const missing = alignment.findIndex((module) => !(module >= 0 && module < modules));
  if (missing >= 0) {
    throw new RangeError(
      `createBank: alignment must name modules from 0 to ${modules - 1}; got ${alignment[missing]} at location ${missing}.`,
    );
  }
  const smallest = new Float64Array(modules).fill(Number.POSITIVE_INFINITY);
  deviations.forEach((deviation, l) => {
    smallest[alignment[l]!] = Math.min(smallest[alignment[l]!]!, deviation);
  });
  const unused = overall(deviations);
  return smallest.map((deviation) => (Number.isFinite(deviation) ? deviation : unused));
}

/** The root mean square of all locations' deviations. */
function overall(deviations: Float32Array): number {
  return Math.sqrt(
    deviations.reduce((sum, deviation) => sum + deviation ** 2, 0) / deviations.length,
  );
}
