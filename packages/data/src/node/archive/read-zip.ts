import { type Entry, openPromise } from "yauzl";
import { refuseKind, safePath, type VisitEntry } from "./entry.js";

const KIND = 0o170000;
const FILE = 0o100000;
const FOLDER = 0o040000;

/** Visits the files of a zip archive in the order of its directory. */
export async function readZip(archive: string, visit: VisitEntry): Promise<void> {
  const zip = await openPromise(archive, { strictFileNames: true, autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) {
      const path = safePath(archive, entry.fileName);
      const kind = unixKind(entry);
      if (kind !== 0 && kind !== FILE && kind !== FOLDER) {
        refuseKind(archive, entry.fileName, kind === 0o120000 ? "SymbolicLink" : "special file");
      }
      if (entry.fileName.endsWith("/")) continue;
      const content = () => zip.openReadStreamPromise(entry);
      await visit({ path, size: entry.uncompressedSize, content });
    }
  } finally {
    zip.close();
  }
}

/** The kind of file that Unix programs record; 0 where the archive was made elsewhere. */
function unixKind({ versionMadeBy, externalFileAttributes }: Entry): number {
  const unix = versionMadeBy >> 8 === 3;
  return unix ? (externalFileAttributes >>> 16) & KIND : 0;
}
