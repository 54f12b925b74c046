import type { LabelledImages } from "@muir/data";
import { type Random, standardNormal } from "@muir/random";

/** How many images are made. */
export interface StandInImagesOptions {
  readonly train: number;
  readonly test: number;
  readonly random: Random;
}

const SIDE = 32;
const KINDS = Array.from({ length: 10 }, (_, kind) => `stripes at ${18 * kind} degrees`);

/**
 * Images of the size of CIFAR-10's that can be told apart: stripes in ten directions, of any place, width and
 * colour, under noise. They stand in for photographs where there are none, and prove nothing about them.
 */
export function standInImages({
  train,
  test,
  random,
}: StandInImagesOptions): Record<"train" | "test", LabelledImages> {
  return {
    train: imagesOf(train, random.split("train")),
    test: imagesOf(test, random.split("test")),
  };
}

function imagesOf(count: number, random: Random): LabelledImages {
  const pixels = new Uint8Array(count * SIDE * SIDE * 3); // stays inside 0 to 255 below
  const labels = new Uint8Array(count);
  for (let image = 0; image < count; image++) {
    const label = Math.floor(random() * KINDS.length);
    labels[image] = label;
    const angle = (label / KINDS.length) * Math.PI;
    const frequency = 0.5 + 0.3 * random();
    const phase = 2 * Math.PI * random();
    const colour = [random(), random(), random()];
    for (let place = 0; place < SIDE * SIDE; place++) {
      const [x, y] = [place % SIDE, Math.floor(place / SIDE)];
      const along = x * Math.cos(angle) + y * Math.sin(angle);
      const wave = Math.sin(frequency * along + phase);
      for (let channel = 0; channel < 3; channel++) {
        const value =
          125 + 70 * wave * (0.3 + 0.7 * colour[channel]!) + 30 * standardNormal(random);
        pixels[(image * SIDE * SIDE + place) * 3 + channel] = Math.min(255, Math.max(0, value));
      }
    }
  }
  return { shape: [count, SIDE, SIDE, 3], pixels, labels, classes: KINDS };
}
