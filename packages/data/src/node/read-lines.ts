import { createReadStream } from "node:fs";
import { DataError } from "../data-error.js";
import { fileProblem } from "./file-problem.js";

const LONGEST_LINE = 2 ** 28; // characters; a string cannot hold twice as many

/**
 * The lines of a UTF-8 text, without their ends; the file is read in pieces.
 *
 * @throws {DataError} if it is missing, cannot be read, or is not UTF-8.
 */
export async function* readLines(path: string): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 0;
  let pieces: string[] = []; // of a line that has not ended yet; joined once, or a long line would take hours
  let length = 0;
  try {
    for await (const chunk of createReadStream(path)) {
      const lines = decode(chunk).split("\n");
      const rest = lines.pop()!;
      for (const end of lines) {
        line += 1;
        yield [...pieces, end].join("");
        pieces = [];
        length = 0;
      }
      pieces.push(rest);
      length += rest.length;
      if (length > LONGEST_LINE) {
        throw new DataError(
          `${path}: line ${line + 1} must have at most ${LONGEST_LINE} characters; got more. Break the text into lines.`,
        );
      }
    }
    pieces.push(decode());
  } catch (cause) {
    if (cause instanceof Error && "syscall" in cause) throw fileProblem(path, cause);
    throw cause;
  }
  const last = pieces.join("");
  if (last !== "") yield last;

  function decode(chunk?: Uint8Array): string {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (cause) {
      throw new DataError(
        `${path}: must be UTF-8 text; got other bytes after line ${line}. Convert the file to UTF-8.`,
        { cause },
      );
    }
  }
}
