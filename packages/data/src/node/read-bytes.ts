import { readFile } from "node:fs/promises";
import { fileProblem } from "./file-problem.js";

/** A whole file. @throws {DataError} if it is missing or cannot be read. */
export function readBytes(path: string): Promise<Uint8Array> {
  return readFile(path).catch((cause: unknown) => {
    throw fileProblem(path, cause);
  });
}
