import { decode } from "fast-png";
import { DataError, isDataError } from "../data-error.js";
import { inflatedSize } from "./inflated-size.js";
import { type PngChunk, pngChunks } from "./png-chunks.js";

/** What a PNG says of itself before its pixels. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** 1 grey or numbers of colours, 2 grey and alpha, 3 colour, 4 colour and alpha; 0 if unknown. */
  readonly channels: number;
}

/** How a PNG is decoded. */
export interface DecodePngOptions {
  /** Throws if it is not what is wanted. */
  accept(header: PngHeader): void;
  /** Counts what comes out of compressed parts, up to a limit; by JavaScript unless given, which runs anywhere. */
  readonly countInflated?: typeof inflatedSize;
}

/** Bytes of an image, row-major, channels side by side. */
export interface PngPixels extends PngHeader {
  readonly data: Uint8Array;
}

/**
 * Reads a PNG of 8 bits a channel, without a palette. Its pixels are not touched before `accept` has seen the
 * header, and as many bytes come out of it as that says, or it is refused.
 *
 * @throws {DataError} if the bytes are no such PNG, or are damaged.
 */
export function decodePng(
  bytes: Uint8Array,
  name: string,
  { accept, countInflated = inflatedSize }: DecodePngOptions,
): PngPixels {
  try {
    const chunks = pngChunks(bytes);
    const header = headerOf(chunks, name);
    accept(header);
    requirePixels(chunks, header, countInflated);
    const { data } = decode(bytes, { checkCrc: true });
    return { ...header, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
  } catch (cause) {
    if (isDataError(cause)) throw cause;
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new DataError(`${name}: not a PNG that can be read: ${problem}. Copy the file again.`, {
      cause,
    });
  }
}

const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

function headerOf([first, ...rest]: readonly PngChunk[], name: string): PngHeader {
  if (first?.type !== "IHDR" || first.data.length !== 13) throw new Error("it has no header");
  const { data } = first;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const [depth, colour, , , interlaced] = data.subarray(8) as unknown as number[];
  const packed = rest.find(({ type }) => PACKED.has(type));
  const got =
    (packed !== undefined && PACKED.get(packed.type)) ||
    (depth !== 8 && `${depth} bits`) ||
    (interlaced !== 0 && "interlaced rows");
  if (got) {
    throw new DataError(
      `${name}: must be a PNG of 8 bits a channel; got ${got}. Save it as plain 8-bit RGB.`,
    );
  }
  const channels = CHANNELS[colour!] ?? 0;
  return { width: view.getUint32(0), height: view.getUint32(4), channels };
}

/** Parts that the decoder unpacks before it knows how large they become. */
const PACKED = new Map([
  ["PLTE", "a palette"],
  ["iCCP", "a colour profile"],
]);

function requirePixels(
  chunks: readonly PngChunk[],
  { width, height, channels }: PngHeader,
  count: typeof inflatedSize,
): void {
  const size = height * (1 + width * channels); // a row begins with the number of its filter
  const parts = chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data);
  const found = count(parts, size);
  if (found === size) return;
  throw new Error(
    `${width} x ${height} pixels take ${size} bytes; got ${found < size ? found : "more"}`,
  );
}
