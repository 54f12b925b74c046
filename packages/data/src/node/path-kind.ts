import { stat } from "node:fs/promises";
import { fileProblem } from "./file-problem.js";

/** Whether a path is a file or a folder. @throws {DataError} if there is neither. */
export async function pathKind(path: string): Promise<"file" | "folder"> {
  const found = await stat(path).catch((cause: unknown) => {
    throw fileProblem(path, cause);
  });
  return found.isDirectory() ? "folder" : "file";
}

/** Whether there is anything at `path`. */
export const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
