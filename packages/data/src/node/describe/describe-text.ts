import type { Tokens } from "../../text/tokenizer.js";
import type { Vocabulary } from "../../text/vocabulary.js";
import { readText } from "../read-text.js";
import { readTokens } from "../read-tokens.js";
import { counted, type DataDescription } from "./description.js";

const SAMPLE = 24;

/** One text file. */
export async function describeTextFile(path: string): Promise<DataDescription> {
  const { tokens, vocabulary }: Tokens = await readTokens(path);
  return {
    kind: "text",
    path,
    facts: [
      ["tokens", counted(tokens.length)],
      ["vocabulary", `${counted(vocabulary.words.length)} words`],
      ["most frequent", mostFrequent(tokens, vocabulary)],
    ],
    samples: [opening(tokens, vocabulary)],
  };
}

/** A folder of training, validation and test text, as the paper reads WikiText-2: 20 streams of 35 tokens. */
export async function describeTextFolder(path: string): Promise<DataDescription> {
  const { splits, tokens, vocabulary, unknown } = await readText(path);
  const parts = ["train", "validation", "test"] as const;
  const { streams, inputShape } = splits.train;
  return {
    kind: "text in three parts",
    path,
    facts: [
      ...parts.map((part) => [part, partFacts(tokens[part], unknown[part])] as const),
      ["vocabulary", `${counted(vocabulary.words.length)} words, of the training text`],
      ["most frequent", mostFrequent(tokens.train, vocabulary)],
      ...parts.map((part) => {
        const { windows, dropped } = splits[part];
        const batches = `${counted(windows)} batches of [${streams}, ${inputShape}]`;
        return [`batches, ${part}`, `${batches}, ${dropped} tokens left over`] as const;
      }),
    ],
    samples: parts.map((part) => opening(tokens[part], vocabulary)),
  };
}

const partFacts = (tokens: Int32Array, unknown: number) =>
  `${counted(tokens.length)} tokens${unknown === 0 ? "" : `, ${counted(unknown)} of them not in the vocabulary`}`;

/** The first words with their numbers. */
const opening = (tokens: Int32Array, { words }: Vocabulary) =>
  [...tokens.subarray(0, SAMPLE)].map((token) => `${words[token]}/${token}`).join(" ");

function mostFrequent(tokens: Int32Array, { words }: Vocabulary): string {
  const counts = new Uint32Array(words.length);
  for (const token of tokens) counts[token]! += 1;
  return [...words.keys()]
    .sort((a, b) => counts[b]! - counts[a]!)
    .slice(0, 5)
    .map((token) => `${words[token]} ${counted(counts[token]!)}`)
    .join(" · ");
}
