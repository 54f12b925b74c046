import { createReadStream } from "node:fs";
import { Parser, type ReadEntry } from "tar";
import { refuseKind, safePath, type VisitEntry } from "./entry.js";

const FILES = new Set(["File", "OldFile", "ContiguousFile"]);
const FOLDERS = new Set(["Directory", "GNUDumpDir"]);
/** Data is compressed to a half or a tenth; gzip can make a thousand bytes of one. */
const MOST_FROM_A_BYTE = 100;

/**
 * Visits the files of a tar archive, compressed or not, in its order. Rejects with what went wrong first, once
 * the visit that was going on has ended.
 */
export function readTar(archive: string, visit: VisitEntry): Promise<void> {
  return new Promise((resolve, reject) => {
    const source = createReadStream(archive);
    let failed = false;
    let interrupt: (error: unknown) => void = () => {};
    const failure = new Promise<never>((_, rejected) => {
      interrupt = rejected;
    });
    failure.catch(() => {}); // told below, once
    const fail = (error: unknown) => {
      if (failed) return;
      failed = true;
      source.destroy();
      interrupt(error);
      const end = () => reject(error);
      visits.then(end, end);
    };
    let visits = Promise.resolve();
    const parser = new Parser({
      strict: true, // a damaged entry is an error, not a warning and a gap
      maxDecompressionRatio: MOST_FROM_A_BYTE,
      onReadEntry(entry) {
        visits = visits.then(async () => {
          if (!failed) await visitEntry(archive, entry, { visit, failure });
        });
        visits.catch(fail);
      },
    });
    parser.on("error", fail);
    parser.on("end", () => visits.then(resolve, fail));
    source.on("error", fail);
    source.pipe(parser as unknown as NodeJS.WritableStream);
  });
}

interface Visit {
  readonly visit: VisitEntry;
  /** Rejects if the archive cannot be read on. */
  readonly failure: Promise<never>;
}

async function visitEntry(archive: string, entry: ReadEntry, { visit, failure }: Visit) {
  const { type, size } = entry;
  const folder = FOLDERS.has(type);
  if (!folder && !FILES.has(type)) refuseKind(archive, entry.path, type);
  if (folder && /^(\.\/?)+$/.test(entry.path)) return void entry.resume(); // the folder itself
  const path = safePath(archive, entry.path);
  const content = async () => untilFailure(entry, failure);
  if (!folder) await visit({ path, size, content });
  entry.resume();
}

/** The bytes of an entry. Where no more come, the entry itself would wait for ever. */
async function* untilFailure(entry: ReadEntry, failure: Promise<never>) {
  const chunks = entry[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await Promise.race([chunks.next(), failure]);
    if (done) return;
    yield value as Uint8Array;
  }
}
