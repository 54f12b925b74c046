import { stat } from "node:fs/promises";
import { DataError } from "../../data-error.js";
import { fileProblem } from "../file-problem.js";
import { sha256Of } from "./check-sum.js";
import type { OnFetchProgress } from "./progress.js";

/** What an archive must be. */
export interface Expected {
  /** Bytes; null where not known. */
  readonly size: number | null;
  /** SHA-256, in hexadecimal; null where not known. */
  readonly sha256: string | null;
}

/** Size and SHA-256 of an archive. @throws {DataError} if one of them is not what it must be. */
export async function verify(
  archive: string,
  { size, sha256, onProgress }: Expected & { readonly onProgress: OnFetchProgress },
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const { size: bytes } = await stat(archive).catch((cause: unknown) => {
    throw fileProblem(archive, cause);
  });
  if (size !== null && bytes !== size) {
    throw new DataError(
      `${archive}: must have ${size} bytes; got ${bytes}. Fetch or copy it again.`,
    );
  }
  onProgress({ phase: "verify", done: 0, total: bytes });
  const found = await sha256Of(archive);
  if (sha256 !== null && found !== sha256) {
    throw new DataError(
      `${archive}: the SHA-256 must be ${sha256}; got ${found}. Fetch or copy it again; if it is another release on purpose, give its SHA-256.`,
    );
  }
  return { bytes, sha256: found };
}
