import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "../../data-error.js";

/** What was fetched, and from where. */
export interface FetchedData {
  readonly name: string;
  /** Where the files are now. */
  readonly folder: string;
  /** The address or the file that the archive came from. */
  readonly origin: string;
  /** Bytes of the archive. */
  readonly bytes: number;
  /** SHA-256 that the archive has. */
  readonly sha256: string;
  /** Whether that is what it must be. False where nobody has said what that is. */
  readonly verified: boolean;
  /** What was found in it, in a few words. */
  readonly contents: string;
  /** Whether it was there before, so that nothing was fetched. */
  readonly already: boolean;
}

/** The file beside fetched data that says where it comes from. */
export const SOURCE_RECORD = "source.json";

/** What is written to {@link SOURCE_RECORD}. */
export type SourceRecord = Omit<FetchedData, "folder" | "already">;

/** What was fetched into `folder` before. @throws {DataError} if it does not say. */
export async function readSourceRecord(folder: string): Promise<FetchedData> {
  const path = join(folder, SOURCE_RECORD);
  try {
    const record: unknown = JSON.parse(await readFile(path, "utf8"));
    const { name, origin, bytes, sha256, verified, contents } = requireRecord(record);
    return { name, folder, origin, bytes, sha256, verified, contents, already: true };
  } catch (cause) {
    throw new DataError(
      `${path}: must say where the data beside it comes from; got none that can be read. Remove that folder, or fetch by force.`,
      { cause },
    );
  }
}

const KINDS: Readonly<Record<keyof SourceRecord, string>> = {
  ...{ name: "string", origin: "string", bytes: "number" },
  ...{ sha256: "string", verified: "boolean", contents: "string" },
};

function requireRecord(value: unknown): SourceRecord {
  const record = value as SourceRecord | null;
  for (const [key, kind] of Object.entries(KINDS)) {
    const found = typeof record?.[key as keyof SourceRecord];
    if (found !== kind) throw new Error(`${key} must be a ${kind}; got ${found}`);
  }
  return record as SourceRecord;
}
