import { decode } from "fast-png";
import { DataError } from "../data-error.js";

/** Bytes of an image, row-major, channels side by side. */
export interface PngPixels {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 2 grey and alpha, 3 colour, 4 colour and alpha. */
  readonly channels: number;
  readonly data: Uint8Array;
}

/** @throws {DataError} if the bytes are no PNG, are damaged, or do not hold one byte a channel. */
export function decodePng(bytes: Uint8Array, name: string): PngPixels {
  const { width, height, channels, depth, data, palette } = decoded(bytes, name);
  if (depth !== 8 || palette !== undefined) {
    const got = palette === undefined ? `${depth} bits` : "a palette";
    throw new DataError(
      `${name}: must be a PNG of 8 bits a channel; got ${got}. Save it as 8-bit RGB.`,
    );
  }
  if (data.length !== width * height * channels) {
    throw new DataError(
      `${name}: a PNG of ${width} x ${height} pixels must hold ${width * height * channels} bytes; got ${data.length}. Copy the file again.`,
    );
  }
  return {
    width,
    height,
    channels,
    data: new Uint8Array(data.buffer, data.byteOffset, data.length),
  };
}

function decoded(bytes: Uint8Array, name: string): ReturnType<typeof decode> {
  try {
    return decode(bytes, { checkCrc: true });
  } catch (cause) {
    const problem = (cause instanceof Error ? cause.message : String(cause)).replaceAll(
      /\s+/g,
      " ",
    );
    throw new DataError(`${name}: not a PNG that can be read: ${problem}. Copy the file again.`, {
      cause,
    });
  }
}
