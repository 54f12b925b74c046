import fc from "fast-check";
import { type Mutation, mutate } from "./mutation.js";

/** How files are damaged by {@link mutatedBytes}. */
export interface MutatedBytesOptions {
  /** Most mutations of one file, at least 1. 4 unless told otherwise. */
  readonly mutations?: number;
  /** Words of the format, such as `IDAT` or `__proto__`, written over or into the file too; strings as UTF-8. */
  readonly words?: readonly (string | Uint8Array)[];
}

/** Bytes that a mutation adds at most: {@link mutatedBytes} makes no file longer than its mutations allow. */
export const MOST_ADDED = 64 * 256;

/**
 * A valid file with some damage, to try a reader with: bits flipped; bytes overwritten, put in and left
 * out; blocks repeated and swapped; the end cut off; numbers of 1, 2, 4 or 8 bytes, of either order and as
 * decimal digits, set to what lengths and counts are rarely tested with; words of the format where they
 * do not belong; or other bytes altogether. The first bytes, where headers are, are hit as often as all others.
 *
 * Built from a file and a list of mutations, so that it shrinks to the fewest mutations that do it.
 *
 * @param files valid files of one format, at least one, each as short as it can be: a byte that matters
 *   should be hit often.
 * @throws {RangeError} if there is no file, or `mutations` is not a positive integer.
 * @example
 * ```ts
 * law("reads it, or says in one line why not", mutatedBytes([valid]), (bytes) => {
 *   try {
 *     parse(bytes);
 *   } catch (error) {
 *     if (!isDataError(error)) throw error;
 *   }
 * });
 * ```
 */
export function mutatedBytes(
  files: readonly Uint8Array[],
  { mutations = 4, words = [] }: MutatedBytesOptions = {},
): fc.Arbitrary<Uint8Array> {
  if (files.length === 0) throw new RangeError("mutatedBytes: there must be a file; got none.");
  if (!Number.isInteger(mutations) || mutations < 1) {
    throw new RangeError(`mutatedBytes: mutations must be a positive integer; got ${mutations}.`);
  }
  const steps = fc.array(mutation(words), { minLength: 1, maxLength: mutations });
  return fc
    .tuple(fc.nat({ max: files.length - 1 }), steps)
    .map(([which, list]) => list.reduce(mutate, files[which]!));
}

function mutation(words: readonly (string | Uint8Array)[]): fc.Arbitrary<Mutation> {
  const at = fc.oneof(fc.nat({ max: 127 }), fc.nat());
  const length = fc.integer({ min: 1, max: 256 });
  const kind = <K extends Mutation["kind"]>(name: K) => fc.constant(name);
  const noise = fc.uint8Array({ minLength: 1, maxLength: 16 });
  const bytes = fc.oneof(
    noise,
    numbers(),
    ...(words.length > 0
      ? [
          fc.constantFrom(
            ...words.map((word) => (typeof word === "string" ? Buffer.from(word) : word)),
          ),
        ]
      : []),
  );
  const times = fc.integer({ min: 1, max: 64 });
  return fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: kind("flip"), at, bit: fc.nat({ max: 7 }) }) },
    { weight: 4, arbitrary: fc.record({ kind: kind("overwrite"), at, bytes }) },
    { weight: 3, arbitrary: fc.record({ kind: kind("insert"), at, bytes }) },
    { weight: 2, arbitrary: fc.record({ kind: kind("delete"), at, length }) },
    { weight: 2, arbitrary: fc.record({ kind: kind("repeat"), at, length, times }) },
    { weight: 2, arbitrary: fc.record({ kind: kind("swap"), at, to: at, length }) },
    { weight: 2, arbitrary: fc.record({ kind: kind("truncate"), at }) },
    { weight: 1, arbitrary: fc.record({ kind: kind("replace"), bytes: fc.uint8Array() }) },
  );
}

/** Ends of ranges, where lengths and counts go wrong. */
const ENDS = [0n, 1n, 0x7fn, 0x80n, 0xffffn, 0x7fff_ffffn, 0x8000_0000n, 0xffff_ffffn]
  .concat([2n ** 53n - 1n, 2n ** 53n, 2n ** 63n - 1n, 2n ** 64n - 1n, -1n, -5n])
  .map((end) => BigInt.asUintN(64, end));

function numbers(): fc.Arbitrary<Uint8Array> {
  const written = fc.constantFrom("1", "2", "4", "8", "digits");
  return fc
    .tuple(fc.constantFrom(...ENDS), written, fc.boolean())
    .map(([value, form, bigEndian]) => {
      if (form === "digits") return Buffer.from(String(value));
      const bytes = new Uint8Array(8);
      new DataView(bytes.buffer).setBigUint64(0, value, true);
      const own = bytes.slice(0, Number(form));
      return bigEndian ? own.reverse() : own;
    });
}
