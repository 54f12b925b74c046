import { createTokenizer, type Tokens } from "../text/tokenizer.js";
import type { Vocabulary } from "../text/vocabulary.js";
import { readLines } from "./read-lines.js";

/** The tokens of a whole file, by `vocabulary` or one learned from it. @throws {DataError} as {@link readLines}. */
export async function readTokens(path: string, vocabulary?: Vocabulary): Promise<Tokens> {
  const tokenizer = createTokenizer(vocabulary);
  for await (const line of readLines(path)) tokenizer.addLine(line);
  return tokenizer.finish(path);
}
