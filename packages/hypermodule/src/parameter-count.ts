import type { BankSizes } from "./bank.js";
import { moduleUses } from "./module-uses.js";

/**
 * Trainable numbers while training: `L c + K c m n`, and with adapters `L r (m + n)` more (soft weights not
 * counted).
 */
export function trainedParameters(sizes: BankSizes): number {
  const { modules, locations, contextSize, block } = sizes;
  return locations * ownNumbers(sizes) + modules * Math.max(contextSize, 1) * block[0] * block[1];
}

/**
 * Trainable numbers of the deployed model: each hypermodule is kept with the contexts and adapters
 * of its locations, or replaced by the blocks it generates, whichever is smaller; unused ones are dropped.
 *
 * So the deployed model is never larger than the original: `L m n` numbers, or the sum of `entries`. The
 * paper replaces modules used fewer than c times; at exactly c uses the plain blocks are smaller too, by
 * c^2 numbers.
 *
 * @param entries how many entries of each location's block are weights, `[L]`, as `keptEntries` of
 *   `@muir/decompose` counts them. All of them, m n, unless given; then what is discarded past the edges of
 *   matrices counts too.
 * @throws {RangeError} if `entries` has another length than the alignment.
 *
 * @example
 * ```ts
 * const sizes = { modules: 4, locations: 4, contextSize: 1, block: [20, 1] } as const;
 * deployedParameters(Int32Array.of(0, 0, 0, 2), sizes); // 43: a module and 3 contexts, a block
 * ```
 */
export function deployedParameters(
  alignment: Int32Array,
  sizes: BankSizes,
  entries?: Int32Array,
): number {
  if (entries !== undefined && entries.length !== alignment.length) {
    throw new RangeError(
      `deployedParameters: entries must have a number for each of ${alignment.length} locations; got ${entries.length}.`,
    );
  }
  const whole = sizes.block[0] * sizes.block[1];
  const asBlocks = new Float64Array(sizes.modules);
  alignment.forEach((module, location) => {
    asBlocks[module] = asBlocks[module]! + (entries?.[location] ?? whole);
  });
  return moduleUses(alignment, sizes.modules).reduce((sum, used, module) => {
    return sum + Math.min(asModule(used, sizes), asBlocks[module]!);
  }, 0);
}

/** Whether a hypermodule used this often is deployed as a module rather than as plain blocks. */
export function isKept(uses: number, sizes: BankSizes): boolean {
  return asModule(uses, sizes) < uses * sizes.block[0] * sizes.block[1];
}

/** Numbers to store a hypermodule used this often, with the contexts and adapters of its locations. */
function asModule(uses: number, sizes: BankSizes): number {
  const { block, contextSize } = sizes;
  return Math.max(contextSize, 1) * block[0] * block[1] + uses * ownNumbers(sizes);
}

/** What a location has of its own: a context, and adapters. */
const ownNumbers = ({ contextSize, adapterRank = 0, block }: BankSizes) =>
  contextSize + adapterRank * (block[0] + block[1]);
