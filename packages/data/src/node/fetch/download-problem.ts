import { DataError, isDataError } from "../../data-error.js";
import { codeOf } from "../regression-files.js";

/** A download that broke off, and may go on from where it did. */
export class BrokenOff extends Error {
  override readonly name = "BrokenOff";
}

/** What an answer that is not the file is reported as; one that may be another next time is a {@link BrokenOff}. */
export function refusedAnswer(url: string, { status, statusText }: Response): Error {
  const got = `HTTP ${status}${statusText ? ` (${statusText})` : ""}`;
  if (status === 408 || status === 429 || status >= 500) return new BrokenOff(got);
  return new DataError(
    `${url}: the server must send the file; got ${got}. Give another url, or an archive that you have.`,
  );
}

/** What was thrown while bytes were on their way: the network's fault, or the disk's, or already told. */
export function brokenOff(cause: unknown): Error {
  if (isDataError(cause) || cause instanceof BrokenOff) return cause;
  const error = cause as Error & { cause?: unknown };
  const inner = error.cause instanceof Error ? error.cause : error;
  const problem = inner.message || ("code" in inner ? String(inner.code) : inner.name);
  return new BrokenOff(problem.replaceAll(/\s+/g, " "), { cause });
}

/** What is reported when a file cannot be written; a full disk may have room another time. */
export function writeProblem(path: string, cause: unknown): DataError {
  const code = codeOf(cause);
  const full = code === "ENOSPC" || code === "EDQUOT";
  return new DataError(
    full
      ? `${path}: the disk must have room for it; got ${code}: it is full. Free some space, or name a cache folder on another disk.`
      : `${path}: cannot be written (${code}). Name a cache folder that you may write to.`,
    { cause, transient: full },
  );
}
