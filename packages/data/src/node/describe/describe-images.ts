import { contactSheet } from "../../images/contact-sheet.js";
import type { LabelledImages } from "../../images/labelled-images.js";
import { counted, type DataDescription } from "./description.js";

const SAMPLES = 5;

/** Images with their classes, by part. The sheet is of the first part. */
export function describeImages(
  path: string,
  parts: Readonly<Record<string, LabelledImages>>,
): DataDescription {
  const [first] = Object.values(parts);
  const { shape, labels, pixels, classes } = first!;
  const [, ...image] = shape;
  const area = image.reduce((product, side) => product * side, 1);
  return {
    kind: "labelled images",
    path,
    facts: [
      ...Object.entries(parts).map(
        ([part, images]) => [part, `${counted(images.labels.length)} images`] as const,
      ),
      ["shape", `[${image.join(", ")}], bytes`],
      ["classes", classes.join(", ")],
      ...Object.entries(parts).map(
        ([part, images]) => [`of each class, ${part}`, countsOf(images)] as const,
      ),
    ],
    samples: [...labels.subarray(0, SAMPLES)].map(
      (label, i) =>
        `${classes[label]}, first pixel ${pixels.subarray(i * area, i * area + image[2]!).join(" ")}`,
    ),
    sheet: contactSheet(first!),
  };
}

function countsOf({ labels, classes }: LabelledImages): string {
  const counts = classes.map(() => 0);
  for (const label of labels) counts[label]! += 1;
  const alike = counts.every((count) => count === counts[0]);
  return alike ? counted(counts[0]!) : counts.map(counted).join(" · ");
}
