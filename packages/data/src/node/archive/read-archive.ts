import { open } from "node:fs/promises";
import { DataError, isDataError } from "../../data-error.js";
import { fileProblem } from "../file-problem.js";
import type { VisitEntry } from "./entry.js";
import { readTar } from "./read-tar.js";
import { readZip } from "./read-zip.js";

/** Files in an archive: a dataset has a dozen, and each takes a place on the disk, also an empty one. */
const MOST_FILES = 10_000;

/**
 * Visits every file of a zip or tar archive (gzip or not), one after the other.
 *
 * @param options `limit`: the most bytes that may come out of it, as its headers say before it is unpacked.
 * @throws {DataError} if the archive is missing, damaged or truncated, if more would come out of it, if an entry
 *   is a link or a device, or its path leads out of the folder; and whatever `visit` throws.
 */
export async function readArchive(
  archive: string,
  { limit }: { readonly limit: number },
  visit: VisitEntry,
): Promise<void> {
  const zip = await startsAsZip(archive);
  let files = 0;
  let bytes = 0;
  const counted: VisitEntry = (entry) => {
    files += 1;
    bytes += entry.size; // both formats are refused by their readers where more comes than they say
    if (files > MOST_FILES) throw tooMuch(archive, `${MOST_FILES.toLocaleString("en")} files`);
    if (!(bytes <= limit)) throw tooMuch(archive, `${limit.toLocaleString("en")} bytes`);
    return visit(entry);
  };
  try {
    await (zip ? readZip(archive, counted) : readTar(archive, counted));
  } catch (cause) {
    if (isDataError(cause) || isSystemError(cause)) throw cause;
    throw new DataError(
      `${archive}: not a ${zip ? "zip" : "tar"} archive that can be read to its end: ${(cause as Error).message}. Fetch or copy it again.`,
      { cause },
    );
  }
}

const tooMuch = (archive: string, most: string) =>
  new DataError(
    `${archive}: at most ${most} may come out of it; got more. Get the archive from its official source.`,
  );

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
