import { createReadStream } from "node:fs";
import { Parser, type ReadEntry } from "tar";
import { refuseKind, safePath, type VisitEntry } from "./entry.js";

const FILES = new Set(["File", "OldFile", "ContiguousFile"]);
const FOLDERS = new Set(["Directory", "GNUDumpDir"]);

/** Visits the files of a tar archive, compressed or not, in its order. Rejects with what went wrong first. */
export function readTar(archive: string, visit: VisitEntry): Promise<void> {
  return new Promise((resolve, reject) => {
    const source = createReadStream(archive);
    let failed = false;
    const fail = (error: unknown) => {
      failed = true;
      source.destroy();
      reject(error);
    };
    let visits = Promise.resolve();
    const parser = new Parser({
      strict: true, // a damaged entry is an error, not a warning and a gap
      onReadEntry(entry) {
        visits = visits.then(() => (failed ? undefined : visitEntry(archive, entry, visit)));
        visits.catch(fail);
      },
    });
    parser.on("error", fail);
    parser.on("end", () => visits.then(resolve, fail));
    source.on("error", fail);
    source.pipe(parser as unknown as NodeJS.WritableStream);
  });
}

async function visitEntry(archive: string, entry: ReadEntry, visit: VisitEntry): Promise<void> {
  const { type, size } = entry;
  const folder = FOLDERS.has(type);
  if (!folder && !FILES.has(type)) refuseKind(archive, entry.path, type);
  if (folder && /^(\.\/?)+$/.test(entry.path)) return void entry.resume(); // the folder itself
  const path = safePath(archive, entry.path);
  if (!folder) await visit({ path, size, content: async () => entry });
  entry.resume();
}
