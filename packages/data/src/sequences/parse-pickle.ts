import { Parser } from "pickleparser";
import { DataError, isDataError } from "../data-error.js";

/** What a pickle of plain data holds. Dictionaries are maps; lists and tuples are arrays. */
export type PickledValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickledValue[]
  | Map<PickledValue, PickledValue>;

/**
 * Reads a Python pickle of numbers, strings, lists, tuples and dictionaries. Nothing is executed: a pickle
 * that names a class or a function is refused where the name stands, before anything is done with it.
 *
 * Whole numbers must not lie below -2^31 (nor be negative and of Python 2's type long): the library behind
 * this takes such numbers for positive ones.
 *
 * @param bytes the whole file.
 * @param name what errors call it, usually its path.
 * @throws {DataError} if it names a callable, is truncated, or is no pickle.
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
    return parser.parse<PickledValue>(bytes);
  } catch (cause) {
    if (isDataError(cause)) throw cause;
    const problem = (cause instanceof Error ? cause.message : String(cause)).replaceAll(
      /\s+/g,
      " ",
    );
    throw new DataError(
      `${name}: not a pickle of plain data that can be read to its end: ${problem}. Fetch or copy the file again.`,
      { cause },
    );
  }
}
