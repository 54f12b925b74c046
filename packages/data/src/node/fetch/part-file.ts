import { readFile, rm, stat, writeFile } from "node:fs/promises";

/** What is known of a file that is being downloaded: enough to tell whether the rest still fits. */
export interface PartRecord {
  readonly url: string;
  /** Bytes of the whole file; null where the server did not say. */
  readonly total: number | null;
  /** The server's name for this version of the file: a strong ETag or a date; null where it gave none. */
  readonly version: string | null;
}

/** A download that is not complete: its bytes, and beside them a record of what they are of. */
export interface PartFile {
  readonly path: string;
  /** Bytes that are there, with their record; null where there is nothing to go on from. */
  begun(): Promise<{ readonly bytes: number; readonly record: PartRecord } | null>;
  note(record: PartRecord): Promise<void>;
  remove(): Promise<void>;
}

/** @param path where the bytes are kept; the record is at the same with `.json` added. */
export function partFile(path: string): PartFile {
  const notes = `${path}.json`;
  return {
    path,
    async begun() {
      try {
        const record: unknown = JSON.parse(await readFile(notes, "utf8"));
        const { size } = await stat(path);
        return isPartRecord(record) ? { bytes: size, record } : null;
      } catch {
        return null; // whatever is wrong with it, the download starts anew
      }
    },
    note: (record) => writeFile(notes, JSON.stringify(record)),
    async remove() {
      await rm(path, { force: true });
      await rm(notes, { force: true });
    },
  };
}

/** Damaged notes must not go into a request's headers, nor be compared with what a server says. */
function isPartRecord(value: unknown): value is PartRecord {
  if (typeof value !== "object" || value === null) return false;
  const { url, total, version } = value as Partial<Record<keyof PartRecord, unknown>>;
  return (
    typeof url === "string" &&
    (total === null || (Number.isSafeInteger(total) && (total as number) >= 0)) &&
    (version === null || (typeof version === "string" && /^[ -~]*$/.test(version)))
  );
}
