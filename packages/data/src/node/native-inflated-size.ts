import { inflateSync } from "node:zlib";

/**
 * What `inflatedSize` counts, by Node's own inflate: a sixth of the time. What comes out is held until it is counted,
 * `limit` bytes of it at most.
 *
 * @throws {Error} if the parts are damaged.
 */
export function nativeInflatedSize(parts: readonly Uint8Array[], limit: number): number {
  try {
    return inflateSync(Buffer.concat(parts), { maxOutputLength: limit }).length;
  } catch (error) {
    if (error instanceof RangeError && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE") {
      return limit + 1;
    }
    throw error;
  }
}
