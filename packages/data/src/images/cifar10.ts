import { DataError } from "../data-error.js";
import type { Splits } from "../dataset.js";
import { naturalOrder } from "../order.js";
import type { SplittableRandom } from "../splittable-random.js";
import { subset } from "../subset.js";
import { imageDataset } from "./image-dataset.js";
import type { LabelledImages } from "./labelled-images.js";

/** What the labels 0 to 9 of CIFAR-10 mean. */
export const CIFAR10_CLASSES: readonly string[] = [
  ...["airplane", "automobile", "bird", "cat", "deer"],
  ...["dog", "frog", "horse", "ship", "truck"],
];

/** Mean and standard deviation of the training images' red, green and blue bytes. */
export const CIFAR10_BYTES: Readonly<Record<"mean" | "deviation", readonly number[]>> = {
  mean: [125.3, 123.0, 113.9],
  deviation: [63.0, 62.1, 66.7],
};

/** How CIFAR-10 becomes datasets. */
export interface Cifar10Options {
  /** The datasets are called `NAME/train`, `NAME/validation` and `NAME/test`. Default: `cifar10`. */
  readonly name?: string;
  /** How many of the training images validate instead: the last ones. Default: 5,000. */
  readonly validation?: number;
  /**
   * Where the crops and flips of the training images come from: padded by 4 pixels that mirror the
   * image, cut back to 32 x 32 at a random place, mirrored half of the time. Without it, training
   * images stay as they are; validation and test images always do.
   */
  readonly random?: SplittableRandom;
}

/**
 * The three datasets of CIFAR-10: inputs float32 `[32, 32, 3]`, of mean 0 and deviation 1 by channel over
 * the training images ({@link CIFAR10_BYTES}); targets int32 labels, shape `[]`.
 *
 * @param images what the official files hold; the pixels are shared, not copied.
 * @throws {RangeError} if `validation` is not a positive integer.
 * @throws {DataError} if it leaves no image to train on.
 */
export function cifar10Splits(
  images: Readonly<Record<"train" | "test", LabelledImages>>,
  options: Cifar10Options = {},
): Splits {
  const { name = "cifar10", validation = 5000, random } = options;
  if (!Number.isInteger(validation) || validation < 1) {
    throw new RangeError(
      `cifar10Splits: validation must be a positive integer; got ${validation}.`,
    );
  }
  const count = images.train.shape[0];
  if (validation >= count) {
    throw new DataError(
      `${name}: its ${count} training images leave none to train on when ${validation} validate. Lower validation to at most ${count - 1}.`,
    );
  }
  const plain = imageDataset(images.train, { name, ...CIFAR10_BYTES });
  const training =
    random === undefined
      ? plain
      : imageDataset(images.train, { name, ...CIFAR10_BYTES, augmentation: { random } });
  const order = naturalOrder(count);
  return {
    train: subset(training, order.subarray(0, count - validation), { name: `${name}/train` }),
    validation: subset(plain, order.subarray(count - validation), { name: `${name}/validation` }),
    test: imageDataset(images.test, { name: `${name}/test`, ...CIFAR10_BYTES }),
  };
}
