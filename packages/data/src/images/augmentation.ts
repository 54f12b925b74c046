import type { SplittableRandom } from "../splittable-random.js";

/** Pixels of padding where nothing else is said: what CIFAR-10 is trained with. */
export const PADDING = 4;

/** Random crops and mirrorings of images. */
export interface Augmentation {
  /** Example i of epoch n draws from `random.split("epoch n").split("i")` alone. */
  readonly random: SplittableRandom;
  /** Pixels added on each side, a reflection of the image without its edge, before the crop. Default: 4. */
  readonly padding?: number;
  /** Whether half of the images are mirrored left to right. Default: true. */
  readonly flip?: boolean;
}

/** Which row and column of the image stands at each row and column of what is taken from it. */
export interface Crop {
  readonly rows: Int32Array;
  readonly columns: Int32Array;
}

/** The whole image as it is. */
export const wholeImage = (height: number, width: number): Crop => ({
  rows: Int32Array.from({ length: height }, (_, y) => y),
  columns: Int32Array.from({ length: width }, (_, x) => x),
});

/** A crop of the image's own size, drawn from `random` alone. */
export function drawCrop(
  { rows, columns }: Crop,
  { random, padding = PADDING, flip = true }: Augmentation,
): Crop {
  const top = shift(random, padding);
  const left = shift(random, padding);
  const mirrored = flip && random() < 0.5;
  const width = columns.length;
  return {
    rows: rows.map((y) => reflected(y + top, rows.length)),
    columns: columns.map((x) => reflected((mirrored ? width - 1 - x : x) + left, width)),
  };
}

/** A whole number from -padding to padding. */
const shift = (random: () => number, padding: number) =>
  Math.floor(random() * (2 * padding + 1)) - padding;

/** The place within the image that a place up to `size - 1` outside of it mirrors. */
function reflected(place: number, size: number): number {
  const inside = Math.abs(place);
  return inside < size ? inside : 2 * (size - 1) - inside;
}
