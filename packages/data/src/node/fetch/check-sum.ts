import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { fileProblem } from "../file-problem.js";

/** SHA-256 of a file, in hexadecimal. The file is read in pieces. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk);
  } catch (cause) {
    throw fileProblem(path, cause);
  }
  return hash.digest("hex");
}
