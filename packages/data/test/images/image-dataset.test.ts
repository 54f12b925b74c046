import { imageDataset, type LabelledImages } from "@muir/data";
import { createRandom } from "@muir/random";
import { law, randomSeeds } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const tiny: LabelledImages = {
  shape: [2, 1, 2, 2],
  pixels: Uint8Array.of(10, 20, 30, 40, 50, 60, 70, 80),
  labels: Uint8Array.of(3, 1),
  classes: ["a", "b", "c", "d"],
};
const plain = { name: "tiny", mean: [0, 0], deviation: [1, 1] };

/** A grey image of side 6, whose byte at row y and column x is 10 y + x. */
const SIDE = 6;
const numbered: LabelledImages = {
  shape: [3, SIDE, SIDE, 1],
  pixels: Uint8Array.from({ length: 3 * SIDE ** 2 }, (_, i) => {
    const [y, x] = [Math.floor(i / SIDE) % SIDE, i % SIDE];
    return 10 * y + x;
  }),
  labels: Uint8Array.of(0, 0, 0),
  classes: ["a"],
};
const grey = { name: "grey", mean: [0], deviation: [1] };

describe("imageDataset", () => {
  test("subtracts each channel's mean and divides by its deviation", () => {
    const dataset = imageDataset(tiny, { name: "tiny", mean: [10, 0], deviation: [10, 2] });
    const { inputs, targets, size } = dataset.batch(Int32Array.of(1, 0));
    expect(inputs).toEqual({
      shape: [2, 1, 2, 2],
      data: Float32Array.of(4, 30, 6, 40, 0, 10, 2, 20),
    });
    expect(targets).toEqual({ shape: [2], data: Int32Array.of(1, 3) });
    expect(size).toBe(2);
  });

  test("says its shapes, and that it does not change from epoch to epoch", () => {
    const { size, tasks, inputShape, targetShape, augmented } = imageDataset(tiny, plain);
    expect({ size, tasks, inputShape, targetShape, augmented }).toEqual({
      ...{ size: 2, tasks: 1, inputShape: [1, 2, 2], targetShape: [], augmented: false },
    });
  });

  const draws = fc.record({
    seed: randomSeeds(),
    epoch: fc.nat({ max: 5 }),
    padding: fc.integer({ min: 0, max: SIDE - 1 }),
    flip: fc.boolean(),
  });
  type Draws = typeof draws extends fc.Arbitrary<infer T> ? T : never;
  const augmented = ({ seed, padding, flip }: Draws) =>
    imageDataset(numbered, {
      ...grey,
      augmentation: { random: createRandom(seed), padding, flip },
    });

  law("augments each example by seed, epoch and its number alone", draws, (given) => {
    const one = augmented(given).batch(Int32Array.of(1), given.epoch).inputs.data;
    const other = augmented(given);
    other.batch(Int32Array.of(2, 0), 3); // what was asked for before does not matter
    const among = other.batch(Int32Array.of(2, 1, 0), given.epoch).inputs.data;
    expect(among.subarray(SIDE ** 2, 2 * SIDE ** 2)).toEqual(one);
  });

  law("cuts out of the image mirrored at its edges, and mirrors it or not", draws, (given) => {
    const { data } = augmented(given).batch(Int32Array.of(0), given.epoch).inputs;
    // the obvious way: build the padded image, look for the crop in it
    const { padding } = given;
    const mirror = (i: number) => (i < 0 ? -i : i >= SIDE ? 2 * (SIDE - 1) - i : i);
    const crop = (top: number, left: number, flipped: boolean) =>
      Array.from({ length: SIDE ** 2 }, (_, i) => {
        const [y, x] = [Math.floor(i / SIDE), i % SIDE];
        return 10 * mirror(y + top) + mirror((flipped ? SIDE - 1 - x : x) + left);
      });
    const shifts = Array.from({ length: 2 * padding + 1 }, (_, i) => i - padding);
    const possible = shifts.flatMap((top) =>
      shifts.flatMap((left) => [false, given.flip].map((flipped) => crop(top, left, flipped))),
    );
    expect(possible).toContainEqual([...data]);
  });

  test("draws every shift and both directions", () => {
    const random = createRandom(5);
    const dataset = imageDataset(numbered, { ...grey, augmentation: { random, padding: 1 } });
    expect(dataset.augmented).toBe(true);
    const seen = new Set<string>();
    for (let epoch = 0; epoch < 400; epoch++) {
      seen.add(String(dataset.batch(Int32Array.of(0), epoch).inputs.data));
    }
    expect(seen.size).toBe(18); // three places down, three across, mirrored or not
  });

  test("rejects what does not fit", () => {
    const make = (images: Partial<LabelledImages>, options = {}) => {
      return () => imageDataset({ ...tiny, ...images }, { ...plain, ...options });
    };
    expect(make({ labels: Uint8Array.of(1) })).toThrow(
      "imageDataset: images of tiny of shape [2,1,2,2] must have 8 pixels and 2 labels; got 8 and 1.",
    );
    expect(make({}, { mean: [0] })).toThrow("a number for each of 2 channels; got 1 and 2");
    expect(make({}, { deviation: [1, 0] })).toThrow("deviation above 0; got [0,0] and [1,0]");
    const augmentation = { random: createRandom(1) };
    expect(make({}, { augmentation })).toThrow("below the sides 1 and 2; got 4");
    expect(() => imageDataset(tiny, plain).batch(Int32Array.of(2))).toThrow(
      "batch of tiny: indices must be from 0 to 1; got 2.",
    );
  });
});
