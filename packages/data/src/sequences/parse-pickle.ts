import { Parser } from "pickleparser";
import { DataError, isDataError } from "../data-error.js";
import { guardedPickle } from "./guarded-pickle.js";

/** What a pickle of plain data holds. Dictionaries are maps; lists and tuples are arrays. */
export type PickledValue =
  | null
  | boolean
  | number
  | string
  | PickledValue[]
  | Map<PickledValue, PickledValue>;

/**
 * Reads a Python pickle of numbers, strings, lists, tuples and dictionaries. Nothing is executed: a pickle
 * that names a class or a function is refused where the name stands, before anything is done with it.
 *
 * Sets and byte strings are refused, and so is what the library behind this would take for something else: whole
 * numbers below -2^31 (negative ones of Python 2's type long, too) or above 2^53, and escapes in protocol 0.
 * Memory stays below 256 bytes a byte of the file.
 *
 * @param bytes the whole file.
 * @param name what errors call it, usually its path.
 * @throws {DataError} if it names a callable, is truncated, is no pickle, or holds something else.
 */
export function parsePickle(bytes: Uint8Array, name: string): PickledValue {
  const refuse = (what: string): never => {
    throw new DataError(
      `${name}: a pickle must hold numbers, strings, lists, tuples and dictionaries only; got ${what}, which could run code. Save plain data, and trust no pickle of unknown origin.`,
    );
  };
  const parser = new Parser({
    nameResolver: { resolve: (module, called) => refuse(JSON.stringify(`${module}.${called}`)) },
    persistentResolver: { resolve: () => refuse("a persistent id") },
    extensionResolver: { resolve: () => refuse("an extension code") },
    unpicklingTypeOfDictionary: "Map", // an object would take "__proto__" for more than a key
  });
  try {
    const value = parser.read<PickledValue | undefined>(guardedPickle(bytes));
    if (value === undefined) throw new Error("it ends without a value");
    return value;
  } catch (cause) {
    if (isDataError(cause)) throw cause;
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new DataError(
      `${name}: not a pickle of plain data that can be read to its end: ${problem}. Fetch or copy the file again.`,
      { cause },
    );
  }
}
