import { Lexer, Parser, parseDocument } from "yaml";
import { UsageError } from "../usage-error.js";

export const LONGEST = 2 ** 14; // characters; a file with every setting has an eighth
const DEEPEST = 50; // settings lie a few levels deep

/**
 * Reads one YAML document (JSON is YAML too); an empty one is null.
 *
 * Safe on any text: of the core schema only, so that no tag or merge key does anything; no longer and no deeper
 * than configurations are, since the library compares all keys of a map and calls itself at each level; and
 * aliases may not multiply.
 *
 * @param source where the text came from, for messages: a file's name or a flag.
 * @throws {UsageError} with the first thing that is wrong, its line and column.
 */
export function readYaml(text: string, source: string): unknown {
  if (text.length > LONGEST) {
    throw new UsageError(
      `${source}: must be at most ${LONGEST} characters of YAML; got ${text.length}. Give settings only.`,
    );
  }
  try {
    requireShallow(text);
    const document = parseDocument(text, { schema: "core", logLevel: "error" });
    const [error] = document.errors;
    if (error) throw error;
    const value: unknown = document.toJS();
    requirePlain(value);
    return value;
  } catch (error) {
    throw unread("YAML", { source, error });
  }
}

/**
 * Reads JSON of any length; no deeper than configurations are.
 *
 * @throws {UsageError} with what is wrong.
 */
export function readLongJson(text: string, source: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    requirePlain(value);
    return value;
  } catch (error) {
    throw unread("JSON", { source, error });
  }
}

function unread(kind: string, { source, error }: { source: string; error: unknown }): UsageError {
  const [problem] = (error as Error).message.split("\n");
  return new UsageError(`${source}: must be ${kind}; got: ${problem!.replace(/[.:]$/, "")}.`);
}

/** The parser keeps a stack of its own; what reads its output does not, and could end the process. */
function requireShallow(text: string): void {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    for (const _ of parser.next(lexeme));
    if (parser.stack.length > DEEPEST) throw tooDeep();
  }
}

const tooDeep = () => new Error(`More than ${DEEPEST} levels of nesting`);

/** An alias can make a value as deep as it likes, or without end; `__proto__` is a key that checks would pass over. */
function requirePlain(value: unknown): void {
  let level = [value];
  for (let levels = 0; level.length > 0; levels++) {
    if (levels > DEEPEST) throw tooDeep();
    const objects = level.filter((each) => typeof each === "object" && each !== null) as object[];
    if (objects.some((each) => Object.hasOwn(each, "__proto__"))) {
      throw new Error('A key that no setting has, "__proto__"');
    }
    level = [...new Set(objects.flatMap((each) => Object.values(each)))]; // once, however often named
  }
}
