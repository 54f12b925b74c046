import { basename, resolve } from "node:path";
import { DataError } from "../data-error.js";
import type { Splits } from "../dataset.js";
import { type TokenStreams, tokenStreams } from "../text/token-streams.js";
import type { Tokens } from "../text/tokenizer.js";
import type { Vocabulary } from "../text/vocabulary.js";
import { pathKind } from "./path-kind.js";
import { readTokens } from "./read-tokens.js";
import { splitTokens } from "./split-tokens.js";
import { type TextFiles, textFilesIn } from "./text-files.js";

/** How a text becomes datasets. */
export interface ReadTextOptions {
  /** What the datasets are called. Default: the name of the folder or file. */
  readonly name?: string;
  /** See `tokenStreams`. Default: 20. */
  readonly streams?: number;
  /** See `tokenStreams`. Default: 35. */
  readonly time?: number;
  /** Whose numbers words get. Default: one learned from the training text. */
  readonly vocabulary?: Vocabulary;
  /** The most words a vocabulary may have: as many as the model has. Default: any number. */
  readonly vocabularyLimit?: number;
  /** Of a single file, the share that validates and the share that tests, taken from its end. Default: 0.1 each. */
  readonly shares?: { readonly validation: number; readonly test: number };
}

/** A text as datasets for a language model. */
export interface TextData {
  readonly splits: Readonly<Record<keyof Splits, TokenStreams>>;
  readonly vocabulary: Vocabulary;
  /** Every part as one row of tokens. */
  readonly tokens: Readonly<Record<keyof Splits, Int32Array>>;
  /** Words of each part that the vocabulary lacks, and that `<unk>` stands for. */
  readonly unknown: Readonly<Record<keyof Splits, number>>;
}

/**
 * Reads text for a language model: words between spaces, `<eos>` at the end of each line, numbered in the
 * order they first come in the training text. WikiText-2 so has 33,278 words.
 *
 * @param source a folder with `wiki.train.tokens`, `wiki.valid.tokens` and `wiki.test.tokens`, or with
 *   `train.txt`, `valid.txt` and `test.txt`; or three files of any names; or one file, which is then
 *   split at line ends into training, validation and test text, in this order.
 * @throws {DataError} if a file is missing, empty, not UTF-8, or too short for the streams, or the
 *   vocabulary is larger than `vocabularyLimit`.
 * @throws {RangeError} if `streams`, `time` or `shares` is out of range.
 * @example
 * ```ts
 * const { splits, vocabulary } = await readText(await findData("wikitext2"));
 * const cursor = batches(splits.train, { size: splits.train.streams });
 * vocabulary.words[cursor.next().inputs.data[1]!];
 * ```
 */
export async function readText(
  source: string | TextFiles,
  options: ReadTextOptions = {},
): Promise<TextData> {
  const { vocabularyLimit = Number.POSITIVE_INFINITY } = options;
  const { parts, files } = await readParts(source, options);
  const { words } = parts.train.vocabulary;
  if (words.length > vocabularyLimit) {
    throw new DataError(
      `${files.train}: the vocabulary must have at most the ${vocabularyLimit} words of the model; got ${words.length}. Give the model a larger vocabulary, or train on a text of fewer words.`,
    );
  }
  const name =
    options.name ?? basename(resolve(typeof source === "string" ? source : source.train));
  const { streams = 20, time = 35 } = options;
  const of = <T>(make: (part: keyof Splits) => T) => ({
    train: make("train"),
    validation: make("validation"),
    test: make("test"),
  });
  return {
    splits: of((part) =>
      tokenStreams(parts[part].tokens, { name: `${name}/${part}`, streams, time }),
    ),
    vocabulary: parts.train.vocabulary,
    tokens: of((part) => parts[part].tokens),
    unknown: of((part) => parts[part].unknown),
  };
}

interface Parts {
  readonly parts: Readonly<Record<keyof Splits, Tokens>>;
  /** Where each part comes from. */
  readonly files: TextFiles;
}

async function readParts(
  source: string | TextFiles,
  { vocabulary, shares = { validation: 0.1, test: 0.1 } }: ReadTextOptions,
): Promise<Parts> {
  if (typeof source === "string" && (await pathKind(source)) === "file") {
    const files = { train: source, validation: source, test: source };
    return { files, parts: await splitTokens(source, { vocabulary, shares }) };
  }
  const files = typeof source === "string" ? await textFilesIn(source) : source;
  const train = await readTokens(files.train, vocabulary);
  const validation = await readTokens(files.validation, train.vocabulary);
  const test = await readTokens(files.test, train.vocabulary);
  return { files, parts: { train, validation, test } };
}
