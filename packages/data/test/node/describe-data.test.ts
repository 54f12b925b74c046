import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatNpy, kangRegression } from "@muir/data";
import { describeData, writeRegressionFolder } from "@muir/data/node";
import { createRandom } from "@muir/random";
import { decode } from "fast-png";
import { describe, expect, test } from "vitest";
import { numberedImages, officialBytes } from "../images/numbered-images.js";
import { problemOf, temporaryFolder } from "./temporary-folder.js";

describe("describeData", () => {
  test("describes a batch of images, with a contact sheet", async () => {
    const path = join(temporaryFolder(), "data_batch_1.bin");
    writeFileSync(path, officialBytes(numberedImages(20)));
    const { kind, facts, samples, sheet } = await describeData(path);
    expect(kind).toBe("labelled images");
    expect(facts).toContainEqual(["images", "20 images"]);
    expect(facts).toContainEqual(["shape", "[32, 32, 3], bytes"]);
    expect(facts).toContainEqual(["of each class, images", "2"]);
    expect(samples[1]).toMatch(/^automobile, first pixel \d+ \d+ \d+$/);
    expect(decode(sheet!).height).toBe(10 * (64 + 4) + 4);
  });

  test("describes a table, by its columns", async () => {
    const path = join(temporaryFolder(), "guides.txt");
    writeFileSync(path, "dna\tscore\nACGT\t1\nACGT\t3\nNNAA\t2\n");
    const { kind, facts, samples } = await describeData(path, { sequence: "dna" });
    expect(kind).toBe("table of scored sequences");
    expect(Object.fromEntries(facts)).toEqual({
      rows: "3",
      "different sequences": "2",
      sequences: "4 bases",
      bases: "N 16.7 %, A 33.3 %, C 16.7 %, G 16.7 %, T 16.7 %",
      scores: "1 to 3, mean 2, deviation 0.8165",
    });
    expect(samples[2]).toBe("NNAA 2");
  });

  test("describes a text, and a folder of texts", async () => {
    const folder = temporaryFolder();
    for (const name of ["train.txt", "valid.txt", "test.txt"]) {
      writeFileSync(join(folder, name), `${name} the block\n`.repeat(300));
    }
    const one = await describeData(join(folder, "train.txt"));
    expect(one.facts).toContainEqual(["tokens", "1,200"]);
    expect(one.samples[0]).toMatch(/^train\.txt\/0 the\/1 block\/2 <eos>\/3 train\.txt\/0/);
    const { facts, samples } = await describeData(folder);
    expect(facts).toContainEqual(["test", "1,200 tokens, 300 of them not in the vocabulary"]);
    expect(facts).toContainEqual(["batches, train", "1 batches of [20, 35], 499 tokens left over"]);
    expect(samples).toHaveLength(3);
  });

  test("describes regression tasks and an array", async () => {
    const folder = temporaryFolder();
    await writeRegressionFolder(folder, kangRegression({ random: createRandom(1) }).data);
    const { kind, facts } = await describeData(folder);
    expect([kind, Object.fromEntries(facts)]).toEqual([
      "regression tasks",
      {
        tasks: "30",
        train: "10 samples a task",
        validation: "5 samples a task",
        test: "50 samples a task",
        inputs: "20 numbers",
      },
    ]);
    const path = join(folder, "x.npy");
    writeFileSync(path, formatNpy({ shape: [2, 1], data: Float32Array.of(1, 2) }));
    expect((await describeData(path)).samples).toEqual(["1 2"]);
  });

  test("looks for a dataset of that name where data is fetched to", async () => {
    const cache = temporaryFolder();
    expect(await problemOf(describeData("crispr", { cache }))).toContain(
      `${join(cache, "crispr")}: no crispr here yet. Run: muir data fetch crispr.`,
    );
  });

  test("says what it understands where there is nothing of it", async () => {
    const folder = temporaryFolder();
    expect(await problemOf(describeData(folder))).toContain(
      "a folder must hold CIFAR-10 (data_batch_1.bin or .png), text",
    );
    expect(await problemOf(describeData(join(folder, "none")))).toContain("none: no such file.");
  });
});
