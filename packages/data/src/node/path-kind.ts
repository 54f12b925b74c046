import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
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

/** A folder, then the folders in it by name: archives often put all they hold in one. */
export async function withFolders(folder: string): Promise<string[]> {
  const inside = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw fileProblem(folder, cause);
  });
  const folders = inside.filter((each) => each.isDirectory()).map(({ name }) => name);
  return [folder, ...folders.sort().map((name) => join(folder, name))];
}
