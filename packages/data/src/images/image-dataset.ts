import { boundOf, boundsOf } from "../bound.js";
import type { Dataset } from "../dataset.js";
import { elementCount } from "../element-count.js";
import { type Augmentation, drawCrop, PADDING, wholeImage } from "./augmentation.js";
import type { LabelledImages } from "./labelled-images.js";

/** How images become a dataset. */
export interface ImageDatasetOptions {
  readonly name: string;
  /** Subtracted from the bytes of each channel. */
  readonly mean: readonly number[];
  /** What the differences are divided by, for each channel; above 0. */
  readonly deviation: readonly number[];
  /** Random crops and mirrorings, anew in each epoch. Default: none. */
  readonly augmentation?: Augmentation;
}

/**
 * A dataset of images: inputs float32 `[height, width, channels]`, `(byte - mean) / deviation`; targets
 * int32 labels, shape `[]`. Images stay bytes; only the batch asked for becomes float32.
 *
 * @throws {RangeError} if the arrays do not fit the shape, `mean` or `deviation` do not fit the channels,
 *   or the padding is not a whole number below the image's sides. Its `batch` throws one for an index
 *   that is no example's.
 * @example
 * ```ts
 * const digits = imageDataset(images, { name: "digits", mean: [33.3], deviation: [78.6] });
 * digits.batch(Int32Array.of(0)).inputs.shape; // [1, 28, 28, 1]
 * ```
 */
export function imageDataset(images: LabelledImages, options: ImageDatasetOptions): Dataset {
  const { name, augmentation } = options;
  const { shape, pixels, labels } = images;
  const [size, height, width, channels] = shape;
  checkImages(images, options);
  const levels = levelsOf(options);
  const whole = wholeImage(height, width);
  const area = height * width * channels;
  return {
    name,
    size,
    tasks: 1,
    inputShape: [height, width, channels],
    targetShape: [],
    ...boundsOf({ inputs: undefined, targets: boundOf(labels) }),
    augmented: augmentation !== undefined,
    batch(indices, epoch = 0) {
      const random = augmentation?.random.split(`epoch ${epoch}`);
      const inputs = new Float32Array(indices.length * area);
      const targets = new Int32Array(indices.length);
      let end = 0;
      indices.forEach((index, place) => {
        if (!(index >= 0 && index < size)) {
          throw new RangeError(
            `batch of ${name}: indices must be from 0 to ${size - 1}; got ${index}.`,
          );
        }
        const { rows, columns } = random
          ? drawCrop(whole, { ...augmentation, random: random.split(String(index)) })
          : whole;
        for (const row of rows) {
          for (const column of columns) {
            const pixel = index * area + (row * width + column) * channels;
            for (let channel = 0; channel < channels; channel++) {
              inputs[end++] = levels[channel * 256 + pixels[pixel + channel]!]!;
            }
          }
        }
        targets[place] = labels[index]!;
      });
      return {
        inputs: { shape: [indices.length, height, width, channels], data: inputs },
        targets: { shape: [indices.length], data: targets },
        size: indices.length,
      };
    },
  };
}

/** What each of the 256 bytes becomes in each channel. */
function levelsOf({ mean, deviation }: ImageDatasetOptions): Float32Array {
  return Float32Array.from({ length: mean.length * 256 }, (_, i) => {
    const channel = Math.floor(i / 256);
    return ((i % 256) - mean[channel]!) / deviation[channel]!;
  });
}

function checkImages(
  { shape, pixels, labels }: LabelledImages,
  { name, mean, deviation, augmentation }: ImageDatasetOptions,
): void {
  const [size, height, width, channels] = shape;
  if (pixels.length !== elementCount(shape) || labels.length !== size) {
    throw new RangeError(
      `imageDataset: images of ${name} of shape [${shape}] must have ${elementCount(shape)} pixels and ${size} labels; got ${pixels.length} and ${labels.length}.`,
    );
  }
  if (mean.length !== channels || deviation.length !== channels) {
    throw new RangeError(
      `imageDataset: mean and deviation of ${name} must have a number for each of ${channels} channels; got ${mean.length} and ${deviation.length}.`,
    );
  }
  if (!mean.every(Number.isFinite) || !deviation.every((one) => one > 0)) {
    throw new RangeError(
      `imageDataset: mean of ${name} must be finite and deviation above 0; got [${mean}] and [${deviation}].`,
    );
  }
  const padding = augmentation === undefined ? 0 : (augmentation.padding ?? PADDING);
  if (!Number.isInteger(padding) || padding < 0 || padding >= Math.min(height, width)) {
    throw new RangeError(
      `imageDataset: padding of ${name} must be a whole number, 0 or more and below the sides ${height} and ${width}; got ${padding}.`,
    );
  }
}
