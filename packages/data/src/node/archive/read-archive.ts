import { open } from "node:fs/promises";
import { DataError, isDataError } from "../../data-error.js";
import { fileProblem } from "../file-problem.js";
import type { VisitEntry } from "./entry.js";
import { readTar } from "./read-tar.js";
import { readZip } from "./read-zip.js";

/**
 * Visits every file of a zip or tar archive (gzip or not), one after the other.
 *
 * @throws {DataError} if the archive is missing, damaged or truncated, if an entry is a link or a device,
 *   or its path leads out of the folder; and whatever `visit` throws.
 */
export async function readArchive(archive: string, visit: VisitEntry): Promise<void> {
  const zip = await startsAsZip(archive);
  try {
    await (zip ? readZip(archive, visit) : readTar(archive, visit));
  } catch (cause) {
    if (isDataError(cause) || isSystemError(cause)) throw cause;
    const problem = (cause as Error).message.replaceAll(/\s+/g, " ");
    throw new DataError(
      `${archive}: not a ${zip ? "zip" : "tar"} archive that can be read to its end: ${problem}. Fetch or copy it again.`,
      { cause },
    );
  }
}

async function startsAsZip(archive: string): Promise<boolean> {
  const file = await open(archive).catch((cause: unknown) => {
    throw fileProblem(archive, cause);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.toString("latin1") === "PK";
  } catch (cause) {
    throw fileProblem(archive, cause);
  } finally {
    await file.close();
  }
}

/** What the operating system says, such as that the disk is full; not an error of zlib or tar. */
const isSystemError = (error: unknown) => error instanceof Error && "syscall" in error;
