import { DataError } from "../data-error.js";
import { CIFAR10_CLASSES } from "./cifar10.js";
import type { LabelledImages } from "./labelled-images.js";

const SIDE = 32;
const PLANE = SIDE * SIDE;
const RECORD = 1 + 3 * PLANE;

/**
 * Reads a batch file of CIFAR-10's binary version: records of a label byte and 1,024 red, 1,024 green
 * and 1,024 blue bytes, rows from the top. Pixels come back with their channels side by side.
 *
 * @param bytes the whole file.
 * @param options `name`: what errors call it, usually its path; `records`: how many there must be.
 *   Default: the 10,000 of an official file.
 * @throws {DataError} if the file is shorter or longer than that, or a label is above 9.
 */
export function parseCifarBatch(
  bytes: Uint8Array,
  { name, records = 10_000 }: { readonly name: string; readonly records?: number },
): LabelledImages {
  const expected = records * RECORD;
  if (bytes.length !== expected) {
    const off = bytes.length < expected ? "truncated" : "too long";
    throw new DataError(
      `${name}: ${off}: ${records} records of ${RECORD} bytes take ${expected} bytes; got ${bytes.length}. Fetch or copy the file again.`,
    );
  }
  const pixels = new Uint8Array(records * 3 * PLANE);
  const labels = new Uint8Array(records);
  for (let record = 0; record < records; record++) {
    const start = record * RECORD;
    labels[record] = labelAt(bytes, start, name);
    for (let channel = 0; channel < 3; channel++) {
      const plane = start + 1 + channel * PLANE;
      const image = record * 3 * PLANE + channel;
      for (let i = 0; i < PLANE; i++) pixels[image + 3 * i] = bytes[plane + i]!;
    }
  }
  return { shape: [records, SIDE, SIDE, 3], pixels, labels, classes: CIFAR10_CLASSES };
}

function labelAt(bytes: Uint8Array, at: number, name: string): number {
  const label = bytes[at]!;
  if (label < CIFAR10_CLASSES.length) return label;
  throw new DataError(
    `${name}: the label at byte ${at} (record ${at / RECORD}) must be from 0 to ${CIFAR10_CLASSES.length - 1}; got ${label}. Fetch or copy the file again.`,
  );
}
