import { createVocabulary, END_OF_LINE, frequentWords, tokenize, UNKNOWN } from "@muir/data";
import { assertLaw } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const textOf = (text: string) => {
  const { vocabulary, tokens } = tokenize(text);
  return { vocabulary, tokens: { train: tokens } };
};

describe("the most frequent words", () => {
  test("are kept in their order; the others become <unk>", () => {
    const text = textOf("b a b c\na b d\n"); // b 3, a 2, <eos> 2, c 1, d 1
    const { vocabulary, numbers } = frequentWords(text, 4);
    expect(vocabulary.words).toEqual(["b", "a", END_OF_LINE, UNKNOWN]);
    const words = [...text.tokens.train].map((word) => vocabulary.words[numbers[word]!]);
    expect(words.join(" ")).toBe("b a b <unk> <eos> a b <unk> <eos>");
  });

  test("are all there where no more are asked for", () => {
    const text = textOf("the block\nthe module\n");
    const { vocabulary, numbers } = frequentWords(text, 99);
    expect(vocabulary.words).toEqual(text.vocabulary.words);
    expect([...numbers]).toEqual([0, 1, 2, 3, 4]);
  });

  const letters = fc.array(fc.constantFrom("a", "b", "c", "d", "e"), { minLength: 1 });
  const inputs = fc.tuple(letters, fc.integer({ min: 2, max: 9 }));

  test("come at least as often as any that is left out, and words keep their meaning", () =>
    assertLaw(inputs, ([words, count]) => {
      const text = textOf(words.join(" "));
      const { vocabulary, numbers } = frequentWords(text, count);
      expect(vocabulary.words).toHaveLength(Math.min(count, text.vocabulary.words.length));
      const uses = (word: string) => words.filter((one) => one === word).length;
      const special: readonly string[] = [END_OF_LINE, UNKNOWN];
      const kept = vocabulary.words.filter((word) => !special.includes(word));
      const left: readonly string[] = words.filter(
        (word) => vocabulary.numberOf(word) === undefined,
      );
      for (const word of kept) {
        for (const other of left) expect(uses(word)).toBeGreaterThanOrEqual(uses(other));
      }
      text.vocabulary.words.forEach((word, number) => {
        expect(vocabulary.words[numbers[number]!]).toBe(left.includes(word) ? UNKNOWN : word);
      });
    }));

  test("must be two or more: the end of a line and <unk>", () => {
    const vocabulary = createVocabulary([END_OF_LINE, UNKNOWN]);
    const text = { vocabulary, tokens: { train: Int32Array.of(0) } };
    expect(() => frequentWords(text, 1)).toThrow(
      "frequentWords: count must be an integer of at least 2; got 1.",
    );
  });
});
