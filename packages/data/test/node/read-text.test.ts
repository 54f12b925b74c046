import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { batches, tokenize } from "@muir/data";
import { readText } from "@muir/data/node";
import { assertLaw } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { problemOf, temporaryFolder } from "./temporary-folder.js";

/** A folder with these files. */
function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}
const small = { streams: 1, time: 2 };
const texts = {
  "train.txt": "the block\nthe module\n",
  "valid.txt": "the module\nblock\n",
  "test.txt": "a block\n",
};

describe("readText", () => {
  test("reads three files by the training text's vocabulary", async () => {
    const { splits, vocabulary, tokens, unknown } = await readText(folderOf(texts), small);
    expect(vocabulary.words).toEqual(["the", "block", "<eos>", "module", "<unk>"]);
    expect([...tokens.train]).toEqual([0, 1, 2, 0, 3, 2]);
    expect([...tokens.validation]).toEqual([0, 3, 2, 1, 2]);
    expect([...tokens.test]).toEqual([4, 1, 2]);
    expect(unknown).toEqual({ train: 0, validation: 0, test: 1 });
    expect([splits.train.windows, splits.train.dropped, splits.test.windows]).toEqual([2, 1, 1]);
  });

  test("knows the official names, also in a folder within, and files of any name", async () => {
    const root = temporaryFolder();
    const inside = join(root, "wikitext-2");
    mkdirSync(inside);
    const files = {
      train: "wiki.train.tokens",
      validation: "wiki.valid.tokens",
      test: "wiki.test.tokens",
    };
    for (const name of Object.values(files)) writeFileSync(join(inside, name), "a b c\nd e f\n");
    const found = await readText(root, { ...small, name: "wikitext2" });
    expect(found.splits.test.name).toBe("wikitext2/test");
    const any = join(inside, files.test);
    const named = await readText({ train: any, validation: any, test: any }, small);
    expect(named.tokens).toEqual(found.tokens);
    expect(batches(named.splits.train, { size: 1 }).next().inputs.shape).toEqual([1, 2]);
  });

  test("gives words the numbers of a vocabulary that is given", async () => {
    const { vocabulary } = tokenize("module block the");
    const read = await readText(folderOf(texts), { ...small, vocabulary });
    expect(read.vocabulary).toBe(vocabulary);
    expect([...read.tokens.train]).toEqual([2, 1, 3, 2, 0, 3]);
  });

  test("splits one file at line ends, in order, whatever its pieces", async () => {
    const lines = fc.array(fc.stringMatching(/^[a-cé ]{0,9}$/), { minLength: 40, maxLength: 60 });
    await assertLaw(
      lines,
      async (given) => {
        const all = given.map((line) => `x ${line}`);
        const path = join(folderOf({ "text.txt": all.join("\n") }), "text.txt");
        const { tokens, vocabulary } = await readText(path, { streams: 1, time: 1 });
        const said = (part: Int32Array) => [...part].map((token) => vocabulary.words[token]);
        // the words that only come later are unknown: compare where each line ends
        const ends = [tokens.train, tokens.validation, tokens.test]
          .flatMap((part) => said(part))
          .filter((word) => word === "<eos>").length;
        expect(ends).toBe(given.length);
        const whole = tokenize(all.join("\n")).tokens.length;
        const sizes = [tokens.train, tokens.validation, tokens.test].map(({ length }) => length);
        expect(sizes.reduce((a, b) => a + b)).toBe(whole);
        expect(sizes[0]).toBeGreaterThan(sizes[1]!);
        // the training text is the beginning of the file
        const first = tokenize(all.join("\n"), { vocabulary }).tokens.subarray(0, sizes[0]);
        expect(tokens.train).toEqual(Int32Array.from(first));
      },
      { runs: 30 },
    );
  });

  test("reads a letter that a piece of the file cuts in two", async () => {
    const text = `${"ééé ".repeat(30_000)}\n`.repeat(3); // more than a piece; every letter two bytes
    const path = join(folderOf({ "text.txt": `a ${text}` }), "text.txt");
    const { vocabulary } = await readText({ train: path, validation: path, test: path });
    expect(vocabulary.words).toEqual(["a", "ééé", "<eos>", "<unk>"]);
  });

  test("rejects a vocabulary larger than the model's", async () => {
    const folder = folderOf(texts);
    expect(await problemOf(readText(folder, { ...small, vocabularyLimit: 4 }))).toBe(
      `${join(folder, "train.txt")}: the vocabulary must have at most the 4 words of the model; got 5. Give the model a larger vocabulary, or train on a text of fewer words.`,
    );
    await readText(folder, { ...small, vocabularyLimit: 5 });
  });

  test("rejects empty text, text that is not UTF-8, and text too short for its streams", async () => {
    const read = (valid: string | Uint8Array, options = {}) =>
      problemOf(readText(folderOf({ ...texts, "valid.txt": valid }), { ...small, ...options }));
    expect(await read("")).toMatch(/valid\.txt: must hold text; got 0 lines without a word/);
    expect(await read(Uint8Array.of(0x61, 0x0a, 0xff, 0x0a))).toMatch(
      /valid\.txt: must be UTF-8 text; got other bytes after line 0\./,
    );
    expect(await read("a", { time: 5 })).toContain(
      "/validation: 1 streams of 5 tokens take at least 6 tokens; got 2.",
    );
    expect(await problemOf(readText(folderOf(texts)))).toContain(
      "/train: 20 streams of 35 tokens take at least 701 tokens; got 6.",
    );
  });

  test("rejects a folder without texts, and a file that is not there", async () => {
    const folder = folderOf({ "train.txt": "a" });
    expect(await problemOf(readText(folder))).toContain(
      "must hold wiki.train.tokens, wiki.valid.tokens, wiki.test.tokens or train.txt, valid.txt, test.txt; got none of them whole.",
    );
    const none = join(folder, "none.txt");
    expect(await problemOf(readText({ train: none, validation: none, test: none }))).toBe(
      `${none}: no such file. Give the path of a file that is there.`,
    );
  });

  test("rejects shares that leave nothing to train on", async () => {
    const path = join(folderOf(texts), "train.txt");
    const shares = { validation: 0.5, test: 0.5 };
    await expect(readText(path, { shares })).rejects.toThrow(
      "readText: shares must be above 0 and leave some text to train on; got 0.5 and 0.5.",
    );
  });
});
