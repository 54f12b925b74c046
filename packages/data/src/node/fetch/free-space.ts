import { statfs } from "node:fs/promises";
import { DataError } from "../../data-error.js";

/** Refuses to start what the disk that holds `folder` has no room for. */
export async function requireSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= bytes) return;
  throw new DataError(
    `${folder}: ${megabytes(bytes)} must be free on this disk; got ${megabytes(free)}. Free some space, or name a cache folder on another disk.`,
    { transient: true },
  );
}

/** Bytes as people read them, `170 MB`. */
const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6).toLocaleString("en")} MB`;
