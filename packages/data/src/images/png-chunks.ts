/** A part of a PNG file. */
export interface PngChunk {
  /** Four letters, such as `IDAT`. */
  readonly type: string;
  readonly data: Uint8Array;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const AROUND = 12; // length and type before the data, a checksum behind it

/**
 * The parts of a PNG file up to `IEND`; views, no copies. Their checksums are left to the decoder.
 *
 * @throws {Error} if it does not begin like one, or a part does not fit into the file.
 */
export function pngChunks(bytes: Uint8Array): PngChunk[] {
  if (SIGNATURE.some((byte, i) => bytes[i] !== byte)) throw new Error("wrong signature");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: PngChunk[] = [];
  for (let at = SIGNATURE.length; chunks.at(-1)?.type !== "IEND"; ) {
    const size = at + AROUND <= bytes.length ? view.getUint32(at) : 0;
    if (at + AROUND + size > bytes.length) throw new Error(`it ends within the part at byte ${at}`);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    chunks.push({ type, data: bytes.subarray(at + 8, at + 8 + size) });
    at += AROUND + size;
  }
  return chunks;
}
