import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import {
  DataError,
  END_OF_LINE,
  frequentWords,
  type Splits,
  tokenStreams,
  type Vocabulary,
} from "@muir/data";
import { readText } from "@muir/data/node";
import type { TextConfig } from "../data-config.js";
import { standInText } from "../stand-ins/stand-in-text.js";
import type { LoadedData, LoadOptions } from "./loaded-data.js";

/** Each part of a text as one row of words. */
interface Corpus {
  readonly name: string;
  readonly about: string;
  readonly vocabulary: Vocabulary;
  readonly tokens: Readonly<Record<keyof Splits, Int32Array>>;
}

/** A text as windows of parallel streams, of its most frequent words if asked for; of each part as much as asked for. */
export async function loadText(
  { path, words, time, ...limits }: TextConfig,
  { batchSize, random }: LoadOptions,
): Promise<LoadedData> {
  const whole =
    path === null
      ? standInCorpus(random.split("text"))
      : await readCorpus(path, { batchSize, time });
  const corpus = { ...whole, tokens: limitedTo(limits, whole) };
  const { vocabulary, numbers } = frequentWords(corpus, words ?? corpus.vocabulary.words.length);
  const part = (split: keyof Splits) =>
    tokenStreams(
      corpus.tokens[split].map((word) => numbers[word]!),
      {
        name: `${corpus.name}/${split}`,
        streams:
          split === "train"
            ? batchSize
            : Math.min(batchSize, streamsOf(corpus.tokens[split], time)),
        time,
      },
    );
  const count = (split: keyof Splits) => corpus.tokens[split].length.toLocaleString("en");
  return {
    ...{ symbols: vocabulary.words.length, classes: vocabulary.words.length },
    splits: { train: part("train"), validation: part("validation"), test: part("test") },
    about: `${corpus.about}: ${count("train")} words train, ${count("validation")} validate, ${count("test")} test; ${vocabulary.words.length.toLocaleString("en")} different`,
  };
}

/** Each part's first words, as many as asked for; the vocabulary stays that of all. */
function limitedTo(
  limits: Readonly<Record<keyof Splits, number | null>>,
  { name, tokens }: Corpus,
): Corpus["tokens"] {
  const first = (split: keyof Splits) => {
    const { length } = tokens[split];
    const limit = limits[split] ?? length;
    if (limit <= length) return tokens[split].subarray(0, limit);
    throw new DataError(
      `${name}/${split}: must hold the ${limit} words asked for; got ${length}. Ask for fewer, or null for all.`,
    );
  };
  return { train: first("train"), validation: first("validation"), test: first("test") };
}

/** As many streams as have a window each. */
const streamsOf = (tokens: Int32Array, time: number) =>
  Math.max(1, Math.floor((tokens.length - 1) / time));

function standInCorpus(random: () => number): Corpus {
  return { name: "stand-in-text", about: "generated text", ...standInText(random) };
}

async function readCorpus(
  path: string,
  { batchSize, time }: { batchSize: number; time: number },
): Promise<Corpus> {
  const name = basename(resolve(path));
  const parts = withoutTraining(path);
  const options = { name, streams: batchSize, time };
  if (parts === undefined) {
    const { vocabulary, tokens } = await readText(path, options);
    return { name, about: name, vocabulary, tokens };
  }
  const { valid, test } = parts;
  const files = { train: valid, validation: test, test };
  const { vocabulary, tokens } = await readText(files, options);
  const [validation, rest] = halves(tokens.test, vocabulary.numberOf(END_OF_LINE)!);
  return {
    name,
    about: `${name}, which has no training file: ${basename(valid)} trains, the halves of ${basename(test)} validate and test`,
    vocabulary,
    tokens: { train: tokens.train, validation, test: rest },
  };
}

/** The two files of a folder that has the official ones but the largest, which is often left out. */
function withoutTraining(folder: string): { valid: string; test: string } | undefined {
  const suffixes = [
    ["wiki.", ".tokens"],
    ["", ".txt"],
  ] as const;
  for (const [before, after] of suffixes) {
    const file = (part: string) => join(folder, `${before}${part}${after}`);
    if (existsSync(file("train"))) return undefined;
    if (existsSync(file("valid")) && existsSync(file("test"))) {
      return { valid: file("valid"), test: file("test") };
    }
  }
  return undefined;
}

/** The text cut in two where a line ends, nearest before the middle. */
function halves(tokens: Int32Array, lineEnd: number): [Int32Array, Int32Array] {
  const middle = tokens.lastIndexOf(lineEnd, tokens.length >> 1) + 1;
  return [tokens.slice(0, middle), tokens.slice(middle)];
}
