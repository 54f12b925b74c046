import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { CheckpointError } from "./checkpoint-error.js";

/** Writes the pieces to a new file and flushes it to the disk; its SHA-256 and size. */
export async function writeDurably(
  path: string,
  pieces: readonly Uint8Array[],
): Promise<{ sum: string; bytes: number }> {
  const hash = createHash("sha256");
  const file = await open(path, "wx");
  let bytes = 0;
  try {
    for (const piece of pieces) {
      hash.update(piece);
      bytes += piece.length;
      await writeAll(file, piece);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sum: hash.digest("hex"), bytes };
}

/** At a time: what one system call takes, and what the event loop need not wait for. */
const PIECE_BYTES = 2 ** 24;

/**
 * Reads a whole file and checks its SHA-256.
 *
 * @param most bytes that it may have; what it claims to be cannot make this take more memory.
 * @throws {CheckpointError} if it is missing, larger, or has another checksum.
 */
export async function readChecked(
  path: string,
  { name, sum, most }: { name: string; sum: string; most: number },
): Promise<Uint8Array> {
  const bytes = await readBounded(path, { name, most });
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found === sum) return bytes;
  throw new CheckpointError(
    `${name} must have the checksum ${sum.slice(0, 12)}…; got ${found.slice(0, 12)}…`,
  );
}

/**
 * Reads a whole file.
 *
 * @throws {CheckpointError} if it is missing, no file, or larger than `most` bytes.
 */
export async function readBounded(
  path: string,
  { name, most }: { name: string; most: number },
): Promise<Uint8Array> {
  const file = await openOrRefuse(path, name);
  try {
    const { size } = await file.stat();
    if (size > most)
      throw new CheckpointError(`${name} must have ${most} bytes at most; got ${size}.`);
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; ) {
      const length = Math.min(PIECE_BYTES, size - at);
      const { bytesRead } = await file.read(bytes, at, length, at);
      if (bytesRead === 0) throw new CheckpointError(`${name} became shorter while it was read.`);
      at += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}

/** Flushes a folder's list of files, so that what was renamed in it stays so. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return; // folders cannot be opened there
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const length = Math.min(PIECE_BYTES, bytes.length - at);
    at += (await file.write(bytes, at, length)).bytesWritten;
  }
}

async function openOrRefuse(path: string, name: string): Promise<FileHandle> {
  try {
    const file = await open(path, constants.O_RDONLY);
    if ((await file.stat()).isFile()) return file;
    await file.close();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CheckpointError(`${name} must be a file that can be read; got ${code}.`);
  }
  throw new CheckpointError(`${name} must be a file.`);
}
