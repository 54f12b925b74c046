import { DataError } from "../data-error.js";

/** The symbols of a DNA sequence: the number of each is its place. N is any base, or none known. */
export const BASES = "NACGT";

const NO_BASE = 255;
const CODES = new Uint8Array(128).fill(NO_BASE);
for (const [number, letter] of [...BASES].entries()) {
  CODES[letter.charCodeAt(0)] = number;
  CODES[letter.toLowerCase().charCodeAt(0)] = number;
}

/**
 * Letters as symbols: N, A, C, G, T = 0, 1, 2, 3, 4, in either case.
 *
 * @param name what errors call the sequence.
 * @throws {DataError} if a letter is none of these.
 * @example
 * ```ts
 * encodeBases("ACgN", "guide 7"); // Uint8Array [1, 2, 3, 0]
 * ```
 */
export function encodeBases(letters: string, name: string): Uint8Array {
  const codes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) {
    const code = CODES[letters.charCodeAt(i)] ?? NO_BASE;
    if (code === NO_BASE) {
      const letter = JSON.stringify(String.fromCodePoint(letters.codePointAt(i)!));
      throw new DataError(
        `${name}: every letter must be one of A, C, G, T and N; got ${letter} at ${i + 1}. Correct it, or write N for a base that is not known.`,
      );
    }
    codes[i] = code;
  }
  return codes;
}

/** Symbols as letters: the inverse of {@link encodeBases}, in capitals. */
export const decodeBases = (codes: ArrayLike<number>): string =>
  Array.from(codes, (code) => BASES[code] ?? "?").join("");
