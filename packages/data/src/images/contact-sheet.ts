import { encode } from "fast-png";
import type { LabelledImages } from "./labelled-images.js";

/** How a contact sheet is laid out. */
export interface ContactSheetOptions {
  /** Images of each class, from the first on. Default: 10. */
  readonly columns?: number;
  /** Pixels of the sheet along each pixel of an image. Default: 2. */
  readonly scale?: number;
}

const GAP = 4;
const PAPER = 255;

/**
 * The first images of each class as one PNG, to look at: a row for each class, in the order of `classes`.
 *
 * @returns the bytes of the file.
 * @throws {RangeError} if `columns` or `scale` is not a positive integer.
 * @example
 * ```ts
 * await writeFile("sheet.png", contactSheet(images));
 * ```
 */
export function contactSheet(
  { shape, pixels, labels, classes }: LabelledImages,
  { columns = 10, scale = 2 }: ContactSheetOptions = {},
): Uint8Array {
  for (const [name, value] of Object.entries({ columns, scale })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`contactSheet: ${name} must be a positive integer; got ${value}.`);
    }
  }
  const [, height, width, channels] = shape;
  const step = { x: width * scale + GAP, y: height * scale + GAP };
  const sheet = { width: columns * step.x + GAP, height: classes.length * step.y + GAP };
  const data = new Uint8Array(sheet.width * sheet.height * channels).fill(PAPER);
  classes.forEach((_, row) => {
    firstOf(labels, row, columns).forEach((image, column) => {
      paste(image, { x: GAP + column * step.x, y: GAP + row * step.y });
    });
  });
  return encode({ ...sheet, data, channels, depth: 8 });

  function paste(image: number, corner: { readonly x: number; readonly y: number }) {
    for (let y = 0; y < height * scale; y++) {
      for (let x = 0; x < width * scale; x++) {
        const row = image * height + Math.floor(y / scale);
        const from = (row * width + Math.floor(x / scale)) * channels;
        const to = ((corner.y + y) * sheet.width + corner.x + x) * channels;
        data.set(pixels.subarray(from, from + channels), to);
      }
    }
  }
}

/** The numbers of the first `count` images with this label. */
function firstOf(labels: Uint8Array, label: number, count: number): number[] {
  const found: number[] = [];
  for (let i = 0; i < labels.length && found.length < count; i++) {
    if (labels[i] === label) found.push(i);
  }
  return found;
}
