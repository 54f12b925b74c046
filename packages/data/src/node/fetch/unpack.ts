import { mkdir, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DataError, isDataError } from "../../data-error.js";
import { readArchive } from "../archive/read-archive.js";
import { codeOf } from "../regression-files.js";
import { writeProblem } from "./download-problem.js";

/** How an archive is unpacked. */
export interface UnpackOptions {
  /** The most bytes that may come out. */
  readonly limit: number;
  /** Told the bytes written so far. */
  readonly onBytes: (bytes: number) => void;
}

/**
 * Unpacks the files of an archive into an empty folder, and waits until the disk has them.
 *
 * @throws {DataError} as {@link readArchive}, and if more comes out than may, two entries have one path, or
 *   the disk is full.
 */
export async function unpack(
  archive: string,
  folder: string,
  { limit, onBytes }: UnpackOptions,
): Promise<void> {
  let bytes = 0;
  try {
    await readArchive(archive, { limit }, async ({ path, content }) => {
      const target = join(folder, path);
      await mkdir(dirname(target), { recursive: true });
      const file = await open(target, "wx");
      try {
        for await (const chunk of await content()) {
          bytes += chunk.length;
          await file.writeFile(chunk);
          onBytes(bytes);
        }
        await file.sync();
      } finally {
        await file.close();
      }
    });
  } catch (cause) {
    if (isDataError(cause)) throw cause;
    const clash = ["EEXIST", "EISDIR", "ENOTDIR"].includes(codeOf(cause));
    if (!clash) throw writeProblem(folder, cause);
    throw new DataError(
      `${archive}: every file in it must have a path of its own; got two for one. Get the archive from its official source.`,
      { cause },
    );
  }
}
