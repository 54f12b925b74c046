import { CIFAR10_CLASSES, type LabelledImages } from "@muir/data";

/** Images of 32 x 32 whose bytes differ from place to place, labelled 0, 1, … 9, 0, …. */
export function numberedImages(count: number): LabelledImages {
  return {
    shape: [count, 32, 32, 3],
    pixels: Uint8Array.from({ length: count * 3072 }, (_, i) => (i * 7 + (i >> 8)) % 256),
    labels: Uint8Array.from({ length: count }, (_, i) => i % 10),
    classes: CIFAR10_CLASSES,
  };
}

/** The same in the layout of the official files: a label, then 1,024 bytes of each colour. */
export function officialBytes({ pixels, labels }: LabelledImages): Uint8Array {
  const bytes = new Uint8Array(labels.length * 3073);
  labels.forEach((label, record) => {
    bytes[record * 3073] = label;
    for (let i = 0; i < 3072; i++) {
      const [pixel, channel] = [Math.floor(i / 3), i % 3];
      bytes[record * 3073 + 1 + channel * 1024 + pixel] = pixels[record * 3072 + i]!;
    }
  });
  return bytes;
}

/** Whether two sets of images are the same; a matcher that looks at each byte would take seconds. */
export const sameImages = (a: LabelledImages, b: LabelledImages): boolean =>
  String(a.shape) === String(b.shape) &&
  String(a.classes) === String(b.classes) &&
  Buffer.compare(a.pixels, b.pixels) === 0 &&
  Buffer.compare(a.labels, b.labels) === 0;
