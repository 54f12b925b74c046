import { DataError } from "../data-error.js";
import { createTokenList } from "./token-list.js";
import { createVocabulary, END_OF_LINE, UNKNOWN, type Vocabulary } from "./vocabulary.js";

/** A text as numbers of words. */
export interface Tokens {
  /** One number a word, and one for the end of each line. */
  readonly tokens: Int32Array;
  readonly vocabulary: Vocabulary;
  /** Words that the given vocabulary lacks, and that `<unk>` stands for; 0 where it was learned. */
  readonly unknown: number;
}

/** Takes a text line by line, so that a file need not be in memory. */
export interface Tokenizer {
  addLine(line: string): void;
  /** @throws {DataError} if no line held a word; `name` is what it calls the text. */
  finish(name: string): Tokens;
}

/** With a vocabulary, one that numbers words by it; without, one that learns it from the text. */
export function createTokenizer(vocabulary?: Vocabulary): Tokenizer {
  const list = createTokenList();
  const learned = new Map<string, number>();
  const learn = (word: string) => {
    const known = learned.get(word);
    if (known !== undefined) return known;
    if (learned.size >= MOST_WORDS) return 0; // finish() refuses the text
    learned.set(word, learned.size);
    return learned.size - 1;
  };
  let words = 0;
  let unknown = 0;
  const look = ({ numberOf }: Vocabulary, word: string) => {
    const number = numberOf(word);
    if (number === undefined) unknown += 1;
    return number ?? numberOf(UNKNOWN)!;
  };
  const numberOf = vocabulary === undefined ? learn : (word: string) => look(vocabulary, word);
  return {
    addLine(line) {
      // one by one: all words of a line of a hundred megabytes would not fit into memory
      for (const [word] of line.matchAll(WORD)) {
        list.push(numberOf(word));
        words += 1;
      }
      list.push(numberOf(END_OF_LINE));
    },
    finish(name) {
      if (words === 0) {
        throw new DataError(
          `${name}: must hold text; got ${list.length} lines without a word. Give another file.`,
        );
      }
      if (learned.size >= MOST_WORDS) {
        throw new DataError(
          `${name}: must have fewer than ${MOST_WORDS} different words; got as many. Give a text of words between spaces.`,
        );
      }
      if (vocabulary === undefined) learn(UNKNOWN);
      return {
        tokens: list.toArray(),
        vocabulary: vocabulary ?? createVocabulary([...learned.keys()]),
        unknown,
      };
    },
  };
}

const WORD = /[^ \t\r\v\f]+/g;
/** A map holds 16 million, and no model of language knows as many. */
const MOST_WORDS = 2 ** 23;

/** How a text becomes tokens. */
export interface TokenizeOptions {
  /** What errors call the text. Default: `text`. */
  readonly name?: string;
  /** Whose numbers to use. Default: one learned from this text, in the order words first come. */
  readonly vocabulary?: Vocabulary;
}

/**
 * A text as numbers of words: what stands between spaces, and `<eos>` at the end of each line, an
 * empty one too. A learned vocabulary ends with `<unk>` where the text itself lacks it.
 *
 * @throws {DataError} if the text holds no word.
 * @example
 * ```ts
 * const { tokens, vocabulary } = tokenize("the block\nthe module\n");
 * tokens; // Int32Array [0, 1, 2, 0, 3, 2]
 * vocabulary.words; // ["the", "block", "<eos>", "module", "<unk>"]
 * ```
 */
export function tokenize(
  text: string,
  { name = "text", vocabulary }: TokenizeOptions = {},
): Tokens {
  const tokenizer = createTokenizer(vocabulary);
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop(); // what follows the last line end is no line
  for (const line of lines) tokenizer.addLine(line);
  return tokenizer.finish(name);
}
