import { createVocabulary, END_OF_LINE, type Splits, UNKNOWN, type Vocabulary } from "@muir/data";

const WORDS = 200;
const FOLLOWERS = 8;

/**
 * A text in a made-up language: each word is followed by one of eight, the first of them most often, and by
 * the end of the line now and then. It stands in for a real text where there is none.
 */
export function standInText(random: () => number): {
  readonly vocabulary: Vocabulary;
  readonly tokens: Record<keyof Splits, Int32Array>;
} {
  const words = Array.from({ length: WORDS }, (_, i) => `word${i}`);
  const vocabulary = createVocabulary([END_OF_LINE, UNKNOWN, ...words]);
  const first = 2; // behind the two that are no words
  const oneOf = (count: number) => Math.floor(random() * count);
  const followers = words.map(() => Array.from({ length: FOLLOWERS }, () => first + oneOf(WORDS)));
  const speak = (length: number) => {
    let word = first;
    return Int32Array.from({ length }, () => {
      if (word === 0 || random() < 0.05) {
        word = word === 0 ? first + oneOf(WORDS) : 0;
      } else {
        const follower = Math.floor(FOLLOWERS * random() ** 2); // the first ones more often
        word = followers[word - first]![follower]!;
      }
      return word;
    });
  };
  return {
    vocabulary,
    tokens: { train: speak(20_000), validation: speak(4000), test: speak(4000) },
  };
}
