import { cifar10Splits, DataError, type Dataset, type LabelledImages, subset } from "@muir/data";
import { readCifar10Images } from "@muir/data/node";
import type { ImagesConfig } from "../data-config.js";
import { standInImages } from "../stand-ins/stand-in-images.js";
import { aboutSplits, type LoadedData, type LoadOptions } from "./loaded-data.js";

/** CIFAR-10, or generated images of ten kinds in the same shape; as many of each split as asked for. */
export async function loadImages(
  { path, train, validation, test, augment }: ImagesConfig,
  { random }: LoadOptions,
): Promise<LoadedData> {
  const name = path === null ? "generated images" : "CIFAR-10";
  const images: Readonly<Record<"train" | "test", LabelledImages>> =
    path === null
      ? standInImages({
          train: (train ?? 5000) + validation,
          test: test ?? 1000,
          random: random.split("images"),
        })
      : await readCifar10Images(path);
  const splits = cifar10Splits(images, {
    name: path === null ? "stand-in-images" : "cifar10",
    validation,
    ...(augment && { random: random.split("augmentation") }),
  });
  const limited = {
    train: first(splits.train, train),
    validation: splits.validation,
    test: first(splits.test, test),
  };
  return {
    splits: limited,
    ...{ symbols: 0, classes: images.train.classes.length },
    about: aboutSplits(name, limited, "images"),
  };
}

/** The first `count` examples. */
function first(dataset: Dataset, count: number | null): Dataset {
  if (count === null || count === dataset.size) return dataset;
  if (count > dataset.size) {
    throw new DataError(
      `${dataset.name}: must hold the ${count} images asked for; got ${dataset.size}. Ask for fewer, or null for all.`,
    );
  }
  return subset(
    dataset,
    Array.from({ length: count }, (_, i) => i),
  );
}
