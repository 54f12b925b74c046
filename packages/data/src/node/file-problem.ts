import { DataError } from "../data-error.js";
import { codeOf } from "./regression-files.js";

/** What a file that cannot be opened or read is reported as. */
export function fileProblem(path: string, cause: unknown): DataError {
  const code = codeOf(cause);
  return new DataError(
    code === "ENOENT"
      ? `${path}: no such file. Give the path of a file that is there.`
      : `${path}: cannot be read (${code}). It must be a file that you may read.`,
    { cause },
  );
}
