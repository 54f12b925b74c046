import type { Splits } from "../dataset.js";
import { createVocabulary, END_OF_LINE, UNKNOWN, type Vocabulary } from "./vocabulary.js";

/** A vocabulary of fewer words, and what became of the others. */
export interface FrequentWords {
  /** The words kept, in the order they had. */
  readonly vocabulary: Vocabulary;
  /** By the number a word had: the one it has now, that of `<unk>` for a word that was left out. */
  readonly numbers: Int32Array;
}

/**
 * The most frequent words of a training text; those that come equally often are kept in the order of their
 * numbers. `<eos>` and `<unk>` are always kept.
 *
 * @param text tokens and the vocabulary that numbers them.
 * @param count how many words the smaller vocabulary has; all are kept if there are no more.
 * @throws {RangeError} if `count` is not an integer of at least 2.
 * @example
 * ```ts
 * const { vocabulary, numbers } = frequentWords(await readText("wikitext-2"), 10_000);
 * tokens.train.map((word) => numbers[word]!);
 * ```
 */
export function frequentWords(
  text: {
    readonly vocabulary: Vocabulary;
    readonly tokens: Readonly<Pick<Record<keyof Splits, Int32Array>, "train">>;
  },
  count: number,
): FrequentWords {
  if (!Number.isInteger(count) || count < 2) {
    throw new RangeError(`frequentWords: count must be an integer of at least 2; got ${count}.`);
  }
  const { words, numberOf } = text.vocabulary;
  const uses = new Float64Array(words.length);
  for (const word of text.tokens.train) uses[word]! += 1;
  const always = [numberOf(END_OF_LINE)!, numberOf(UNKNOWN)!];
  for (const word of always) uses[word] = Number.POSITIVE_INFINITY;
  const kept = [...words.keys()]
    .sort((a, b) => uses[b]! - uses[a]! || a - b) // infinity minus itself is NaN, which counts as equal
    .slice(0, count)
    .sort((a, b) => a - b);
  const vocabulary = createVocabulary(kept.map((word) => words[word]!));
  const unknown = vocabulary.numberOf(UNKNOWN)!;
  return {
    vocabulary,
    numbers: Int32Array.from(words, (word) => vocabulary.numberOf(word) ?? unknown),
  };
}
