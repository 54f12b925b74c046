import { link, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readCifar10, readCifar10Images } from "@muir/data/node";
import { createRandom } from "@muir/random";
import { encode } from "fast-png";
import { describe, expect, test } from "vitest";
import { numberedImages, officialBytes } from "../images/numbered-images.js";
import { plainTarOf, tarOf } from "./archive-bytes.js";
import { problemOf, temporaryFolder } from "./temporary-folder.js";

const NAMES = [1, 2, 3, 4, 5].map((number) => `data_batch_${number}.bin`).concat("test_batch.bin");
const RECORD = 3073;

/** A folder as the official archive unpacks to, its six files one and the same on the disk. */
async function officialFolder(bytes: Uint8Array): Promise<string> {
  const root = temporaryFolder();
  const folder = join(root, "cifar-10-batches-bin");
  await mkdir(folder);
  const [first, ...others] = NAMES.map((name) => join(folder, name));
  await writeFile(first!, bytes);
  for (const other of others) await link(first!, other);
  return root;
}

describe("readCifar10", () => {
  test("reads six files of 10,000 images as 45,000, 5,000 and 10,000", async () => {
    const bytes = new Uint8Array(10_000 * RECORD);
    bytes.set(officialBytes(numberedImages(7)));
    bytes.set(officialBytes(numberedImages(4)), 9996 * RECORD);
    const folder = await officialFolder(bytes);
    const {
      train,
      validation,
      test: testing,
    } = await readCifar10(folder, {
      random: createRandom(1),
    });
    expect([train.size, validation.size, testing.size]).toEqual([45_000, 5000, 10_000]);
    const labels = (dataset: typeof train, from: number) =>
      [...dataset.batch(Int32Array.of(from, from + 1, from + 2, from + 3)).targets.data].join(" ");
    expect([labels(train, 0), labels(train, 10_003)]).toEqual(["0 1 2 3", "3 4 5 6"]);
    expect([labels(validation, 4996), labels(testing, 9996)]).toEqual(["0 1 2 3", "0 1 2 3"]);
  });

  test("names the file that is cut, in a folder or in the archive", async () => {
    const short = officialBytes(numberedImages(2));
    const root = await officialFolder(short);
    const cut = "truncated: 10000 records of 3073 bytes take 30730000 bytes; got 6146.";
    expect(await problemOf(readCifar10Images(root))).toContain(
      `${join(root, "cifar-10-batches-bin", "data_batch_1.bin")}: ${cut}`,
    );
    const archive = join(root, "cifar-10-binary.tar.gz");
    await writeFile(archive, tarOf([{ path: "c/data_batch_3.bin", content: short }]));
    expect(await problemOf(readCifar10Images(archive))).toContain(
      `${archive}/c/data_batch_3.bin: ${cut}`,
    );
  });

  test("names a file that is too long, though no more than needed of it is held", async () => {
    const archive = join(temporaryFolder(), "long.tar");
    const long = new Uint8Array(2 ** 25 + 1000);
    await writeFile(archive, plainTarOf([{ path: "data_batch_3.bin", content: long }]));
    expect(await problemOf(readCifar10Images(archive))).toContain("too long: 10000 records");
  });

  test("says what is missing from an archive, a folder, or altogether", async () => {
    const root = temporaryFolder();
    const archive = join(root, "other.tar.gz");
    await writeFile(archive, tarOf([{ path: "data_batch_1", content: "python" }]));
    expect(await problemOf(readCifar10Images(archive))).toContain(
      "no CIFAR-10 in it: an archive must hold data_batch_1.bin. Give cifar-10-binary.tar.gz",
    );
    expect(await problemOf(readCifar10Images(root))).toContain(
      "no CIFAR-10 here: a folder must hold data_batch_1.bin (official files) or data_batch_1.png",
    );
    expect(await problemOf(readCifar10Images(join(root, "none")))).toContain("none: no such file.");
    await writeFile(join(root, "data_batch_1.bin"), new Uint8Array(10_000 * RECORD));
    expect(await problemOf(readCifar10Images(root))).toContain("data_batch_2.bin: no such file.");
  });

  test("checks the labels and the sheets of the npm package", async () => {
    const folder = temporaryFolder();
    const labels = (name: string, count: number) =>
      writeFile(join(folder, name), JSON.stringify(new Array(count).fill(3)));
    await writeFile(join(folder, "data_batch_1.png"), "no picture");
    expect(await problemOf(readCifar10Images(folder))).toContain("train_lables.json: no such file");
    await labels("train_lables.json", 7);
    expect(await problemOf(readCifar10Images(folder))).toContain(
      "train_lables.json: must hold 50000 labels; got 7.",
    );
    await labels("train_lables.json", 50_000);
    await labels("test_lables.json", 10_000);
    expect(await problemOf(readCifar10Images(folder))).toContain("not a PNG that can be read");
    const png = encode({ width: 2, height: 1, data: new Uint8Array(6), channels: 3 });
    await writeFile(join(folder, "data_batch_1.png"), png);
    expect(await problemOf(readCifar10Images(folder))).toContain(
      "data_batch_1.png: must be a PNG of 1024 x 10000 pixels",
    );
  });
});
