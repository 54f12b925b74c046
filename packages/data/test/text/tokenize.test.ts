import { createVocabulary, isDataError, tokenize } from "@muir/data";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const words = fc.array(fc.constantFrom("block", "module", "<unk>", "é", "the"), { minLength: 1 });
const lines = fc.array(words, { minLength: 1, maxLength: 6 });
const said = ({ tokens, vocabulary }: ReturnType<typeof tokenize>) =>
  [...tokens].map((token) => vocabulary.words[token]);

describe("tokenize", () => {
  test("numbers words as they first come, with the end of each line", () => {
    const { tokens, vocabulary, unknown } = tokenize("the block\nthe module\n");
    expect([...tokens]).toEqual([0, 1, 2, 0, 3, 2]);
    expect(vocabulary.words).toEqual(["the", "block", "<eos>", "module", "<unk>"]);
    expect(unknown).toBe(0);
  });

  test("counts empty lines, and a last line without its end", () => {
    expect(said(tokenize(" \n = a = \r\n\n b"))).toEqual([
      ...["<eos>", "=", "a", "=", "<eos>", "<eos>", "b", "<eos>"],
    ]);
  });

  law("and putting back the words gives the text", lines, (given) => {
    const text = given.map((line) => line.join(" ")).join("\n");
    const back = said(tokenize(text)).join(" ");
    expect(back).toBe(given.map((line) => [...line, "<eos>"].join(" ")).join(" "));
  });

  law("numbers a text by its own vocabulary as it learned it", lines, (given) => {
    const text = given.map((line) => line.join(" ")).join("\n");
    const learned = tokenize(text);
    const { vocabulary } = learned;
    expect(tokenize(text, { vocabulary })).toEqual({ ...learned, vocabulary });
    expect(createVocabulary(vocabulary.words).words).toEqual(vocabulary.words);
  });

  test("puts <unk> for words the vocabulary lacks, and counts them", () => {
    const { vocabulary } = tokenize("a b");
    const { tokens, unknown } = tokenize("b c a d <unk>", { vocabulary });
    expect([...tokens].map((token) => vocabulary.words[token])).toEqual([
      ...["b", "<unk>", "a", "<unk>", "<unk>", "<eos>"],
    ]);
    expect(unknown).toBe(2);
  });

  test("rejects a text without words", () => {
    for (const text of ["", "\n \n"]) {
      expect(() => tokenize(text, { name: "valid.txt" })).toThrow("valid.txt: must hold text; got");
    }
    try {
      tokenize("");
    } catch (error) {
      expect(isDataError(error)).toBe(true);
    }
  });
});

describe("createVocabulary", () => {
  test("rejects a word twice, and words without <eos> or <unk>", () => {
    expect(() => createVocabulary(["a", "<eos>", "a", "<unk>"])).toThrow(
      'createVocabulary: every word must come once; got "a" twice.',
    );
    expect(() => createVocabulary(["a", "<eos>"])).toThrow("words must hold <unk>; got none");
  });
});
