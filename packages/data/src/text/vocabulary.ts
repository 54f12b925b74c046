/** The end of a line of text, as a token. */
export const END_OF_LINE = "<eos>";

/** What stands for a word that the vocabulary lacks. */
export const UNKNOWN = "<unk>";

/** The words a language model knows, each with a number. */
export interface Vocabulary {
  /** Word number n is `words[n]`. Safe in JSON: {@link createVocabulary} takes it back. */
  readonly words: readonly string[];
  /** The number of a word; undefined for one it lacks. */
  numberOf(word: string): number | undefined;
}

/**
 * The vocabulary of these words, numbered in this order.
 *
 * @throws {RangeError} if a word comes twice, or `<eos>` or `<unk>` is missing.
 * @example
 * ```ts
 * const vocabulary = createVocabulary(["<eos>", "<unk>", "block", "module"]);
 * vocabulary.numberOf("module"); // 3
 * ```
 */
export function createVocabulary(words: readonly string[]): Vocabulary {
  const numbers = new Map(words.map((word, number) => [word, number]));
  if (numbers.size !== words.length) {
    const twice = words.find((word, number) => numbers.get(word) !== number);
    throw new RangeError(
      `createVocabulary: every word must come once; got ${JSON.stringify(twice)} twice.`,
    );
  }
  for (const needed of [END_OF_LINE, UNKNOWN]) {
    if (!numbers.has(needed)) {
      throw new RangeError(`createVocabulary: words must hold ${needed}; got none. Append it.`);
    }
  }
  return { words: [...words], numberOf: (word) => numbers.get(word) };
}
