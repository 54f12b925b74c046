import { DataError } from "../../data-error.js";

/** A file in an archive. */
export interface ArchiveEntry {
  /** Relative, with forward slashes, and never out of the folder it is unpacked in. */
  readonly path: string;
  /** Bytes, as the archive's header says. */
  readonly size: number;
  /** The bytes, once. */
  content(): Promise<AsyncIterable<Uint8Array>>;
}

/** Called for one file after the other. What it does not read is skipped. */
export type VisitEntry = (entry: ArchiveEntry) => Promise<void>;

/** Refuses what is not an ordinary file or folder: links and devices can lead out of a folder. */
export function refuseKind(archive: string, path: string, kind: string): never {
  throw new DataError(
    `${archive}: an archive of data must hold files and folders only; got ${JSON.stringify(path)}, a ${kind}. Nothing was unpacked; get the archive from its official source.`,
  );
}

/** `path` as it may be unpacked; refuses one that leads out of the folder, or to two places on two systems. */
export function safePath(archive: string, path: string): string {
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  const absolute = path.startsWith("/") || /^[A-Za-z]:/.test(path);
  if (absolute || /[\\\0]/.test(path) || parts.includes("..") || parts.length === 0) {
    throw new DataError(
      `${archive}: paths in it must stay inside the folder it is unpacked in; got ${JSON.stringify(path)}. Nothing was unpacked; get the archive from its official source.`,
    );
  }
  return parts.join("/");
}
