import { oneLine } from "./one-line.js";

const brand = Symbol.for("@muir/data.DataError");

/**
 * Data that cannot be used as it is: a file that is missing, damaged or of the wrong type, or
 * arrays that do not fit together. The message is one line of printable text (see {@link oneLine}) that names the file (or array), what
 * must hold, what was found and the remedy, so that a program can print it and stop.
 *
 * Recognise it with {@link isDataError} rather than `instanceof`, which fails when two copies of
 * this package are installed.
 */
export class DataError extends Error {
  override readonly name = "DataError";
  /** Whether the same call may succeed later: the network failed, or the disk was full. */
  readonly transient: boolean;

  constructor(message: string, options: ErrorOptions & { readonly transient?: boolean } = {}) {
    super(oneLine(message), options);
    this.transient = options.transient ?? false;
    Object.defineProperty(this, brand, { value: true });
  }
}

/**
 * Whether `error` is a {@link DataError}, also one of another copy of this package.
 *
 * @example
 * ```ts
 * isDataError(new DataError("train_X.npy: missing")); // true
 * isDataError(new Error("train_X.npy: missing")); // false
 * ```
 */
export function isDataError(error: unknown): error is DataError {
  return error instanceof Error && brand in error;
}
