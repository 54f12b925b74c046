import { standardNormal } from "@muir/random";
import * as tf from "@tensorflow/tfjs-core";
import type { Bank } from "./bank.js";
import {
  checkModuleDeviation,
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
  /** Uniform draws in [0, 1). */
  readonly random: () => number;
}

/**
 * A bank whose blocks start with the variance each layer was designed for (Eq. 7).
 *
 * With `contextSize` 0 there is no context to carry a layer's scale, so each hypermodule starts
 * with the root mean square of the deviations of the locations that use it.
 *
 * @throws {RangeError} if a size is out of range, a deviation is not positive, or `moduleDeviation` is given
 *   where there are no contexts to make up for it.
 */
export function createBank(options: BankOptions): Bank {
  const { modules, contextSize, block, deviations, scale = "variance", random } = options;
  const counts = { modules, locations: deviations.length, rows: block[0], columns: block[1] };
  for (const [name, count] of Object.entries(counts)) {
    if (!Number.isInteger(count) || count < 1) {
      throw new RangeError(`createBank: ${name} must be a positive integer; got ${count}.`);
    }
  }
  if (!Number.isInteger(contextSize) || contextSize < 0) {
    throw new RangeError(`createBank: contextSize must be 0 or more; got ${contextSize}.`);
  }
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
  };
}

/**
 * Fresh values of one hypermodule, drawn as {@link createBank} draws one that no location uses:
 * `[max(c, 1) * m * n]`. For such a module that now competes again.
 */
export function drawModule(
  options: Pick<BankOptions, "contextSize" | "block" | "deviations" | "moduleDeviation" | "random">,
): Float32Array {
  const { contextSize, block, deviations, random } = options;
  const spread = spreadOf(options, "drawModule");
  const deviation = contextSize === 0 ? overall(deviations) : spread;
  const values = new Float32Array(Math.max(contextSize, 1) * block[0] * block[1]);
  return values.map(() => deviation * standardNormal(random));
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
  const squares = new Float64Array(modules);
  const uses = new Int32Array(modules);
  deviations.forEach((deviation, l) => {
    const module = alignment[l]!;
    squares[module] = squares[module]! + deviation ** 2;
    uses[module] = uses[module]! + 1;
  });
  const unused = overall(deviations);
  return squares.map((sum, k) => (uses[k] === 0 ? unused : Math.sqrt(sum / uses[k]!)));
}

/** The root mean square of all locations' deviations. */
function overall(deviations: Float32Array): number {
  return Math.sqrt(
    deviations.reduce((sum, deviation) => sum + deviation ** 2, 0) / deviations.length,
  );
}
