import { Unzlib } from "fflate";

const PIECE = 2 ** 12; // deflate makes at most 1,032 bytes of one

/**
 * How many bytes come out of zlib-compressed parts, counted without keeping them, and only up to the
 * first piece that goes beyond `limit`.
 *
 * @throws {Error} if they are damaged.
 */
export function inflatedSize(parts: readonly Uint8Array[], limit: number): number {
  let size = 0;
  const inflator = new Unzlib((chunk) => {
    size += chunk.length;
  });
  for (const part of parts) {
    for (let at = 0; at < part.length && size <= limit; at += PIECE) {
      inflator.push(part.subarray(at, at + PIECE));
    }
  }
  if (size <= limit) inflator.push(new Uint8Array(), true);
  return size;
}
