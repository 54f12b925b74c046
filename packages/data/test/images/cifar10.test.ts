import { CIFAR10_BYTES, cifar10Splits, isDataError } from "@muir/data";
import { createRandom } from "@muir/random";
import { describe, expect, test } from "vitest";
import { numberedImages } from "./numbered-images.js";

const images = { train: numberedImages(12), test: numberedImages(4) };
const first = Int32Array.of(0);

describe("cifar10Splits", () => {
  test("takes the last training images to validate", () => {
    const { train, validation, test: testing } = cifar10Splits(images, { validation: 5 });
    expect([train.size, validation.size, testing.size]).toEqual([7, 5, 4]);
    expect([train.name, validation.name, testing.name]).toEqual([
      ...["cifar10/train", "cifar10/validation", "cifar10/test"],
    ]);
    expect(train.batch(Int32Array.of(6)).targets.data[0]).toBe(6);
    expect(validation.batch(first).targets.data[0]).toBe(7);
    expect([train.inputShape, train.targetShape]).toEqual([[32, 32, 3], []]);
  });

  test("normalises with the bytes' mean and deviation", () => {
    const { data } = cifar10Splits(images, { validation: 5 }).test.batch(first).inputs;
    const expected = [0, 1, 2].map(
      (channel) =>
        (images.test.pixels[channel]! - CIFAR10_BYTES.mean[channel]!) /
        CIFAR10_BYTES.deviation[channel]!,
    );
    expect([...data.subarray(0, 3)]).toEqual(expected.map(Math.fround));
  });

  test("augments the training images alone, and only with a random source", () => {
    const random = createRandom(1);
    const augmented = cifar10Splits(images, { validation: 5, random });
    const plain = cifar10Splits(images, { validation: 5 });
    const batches = (splits: typeof plain) =>
      Object.fromEntries(
        Object.entries(splits).map(([part, dataset]) => [part, dataset.batch(first, 1).inputs]),
      );
    const [a, b] = [batches(augmented), batches(plain)];
    expect(a["train"]).not.toEqual(b["train"]);
    expect(a["validation"]).toEqual(b["validation"]);
    expect(a["test"]).toEqual(b["test"]);
    expect([augmented.train.augmented, plain.train.augmented]).toEqual([true, false]);
  });

  test("rejects a validation split that leaves nothing to train on", () => {
    const make = (validation: number) => () => cifar10Splits(images, { validation });
    expect(make(12)).toThrow(
      "cifar10: its 12 training images leave none to train on when 12 validate. Lower validation to at most 11.",
    );
    expect(make(0)).toThrow("cifar10Splits: validation must be a positive integer; got 0.");
    try {
      make(12)();
    } catch (error) {
      expect(isDataError(error)).toBe(true);
    }
  });
});
