import type { Splits } from "../dataset.js";
import { createTokenizer, type Tokens } from "../text/tokenizer.js";
import type { Vocabulary } from "../text/vocabulary.js";
import { readLines } from "./read-lines.js";

/** How one file is split. */
export interface SplitTokensOptions {
  readonly vocabulary: Vocabulary | undefined;
  readonly shares: { readonly validation: number; readonly test: number };
}

/**
 * One file as training, validation and test tokens, in this order; a line goes to one of them whole.
 * The file is read twice; only the lines that do not train are held as text.
 *
 * @throws {RangeError} if the shares are not above 0, or leave nothing to train on.
 * @throws {DataError} if the file cannot be read, or a part holds no word.
 */
export async function splitTokens(
  path: string,
  { vocabulary, shares }: SplitTokensOptions,
): Promise<Record<keyof Splits, Tokens>> {
  const { validation, test } = shares;
  if (!(validation > 0 && test > 0 && validation + test < 1)) {
    throw new RangeError(
      `readText: shares must be above 0 and leave some text to train on; got ${validation} and ${test}.`,
    );
  }
  const total = await lengthOf(path);
  const firstTest = total * (1 - test);
  const firstValidation = firstTest - total * validation;

  const training = createTokenizer(vocabulary);
  const later: [number, string][] = [];
  let characters = 0;
  for await (const line of readLines(path)) {
    if (characters < firstValidation) training.addLine(line);
    else later.push([characters, line]);
    characters += line.length + 1;
  }
  const train = training.finish(`${path} (training text)`);
  const rest = (name: string, belongs: (start: number) => boolean) => {
    const tokenizer = createTokenizer(train.vocabulary);
    for (const [start, line] of later) if (belongs(start)) tokenizer.addLine(line);
    return tokenizer.finish(`${path} (${name} text)`);
  };
  return {
    train,
    validation: rest("validation", (start) => start < firstTest),
    test: rest("test", (start) => start >= firstTest),
  };
}

async function lengthOf(path: string): Promise<number> {
  let characters = 0;
  for await (const line of readLines(path)) characters += line.length + 1;
  return characters;
}
