import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { decodeBases } from "@muir/data";
import { readCrisprBinding } from "@muir/data/node";
import { describe, expect, test } from "vitest";
import { bindingPlain, smallRecords } from "../sequences/binding-pickles.js";
import { pickleBytes } from "../sequences/pickle-bytes.js";
import { problemOf, temporaryFolder } from "./temporary-folder.js";

/** Made-up content in the structure of the published files, with the samples that must come out. */
const fixture = fileURLToPath(
  new URL("../../../../../shared/fixtures/crispr-champ/", import.meta.url),
);

function write(folder: string): void {
  const { dna, reads, splits } = bindingPlain(smallRecords);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "dna_data.pkl"), pickleBytes(dna));
  writeFileSync(join(folder, "read_data.pkl"), pickleBytes(reads));
  writeFileSync(join(folder, "splits.pkl"), pickleBytes(splits));
}

describe("readCrisprBinding", () => {
  test("reads the three files of a folder, or of a folder within", async () => {
    const folder = temporaryFolder();
    write(join(folder, "binding"));
    for (const place of [folder, join(folder, "binding")]) {
      const { splits } = await readCrisprBinding(place, { length: 4 });
      expect(splits.train.size).toBe(3);
    }
  });

  test("names the file that is wrong", async () => {
    const folder = temporaryFolder();
    write(folder);
    const reads = join(folder, "read_data.pkl");
    writeFileSync(reads, readFileSync(reads).subarray(0, 30));
    expect(await problemOf(readCrisprBinding(folder))).toContain(
      `${reads}: not a pickle of plain data that can be read to its end`,
    );
    writeFileSync(reads, "cbuiltins\neval\n.");
    expect(await problemOf(readCrisprBinding(folder))).toContain(
      `${reads}: a pickle must hold numbers, strings, lists, tuples and dictionaries only; got "builtins.eval"`,
    );
  });

  test("names the files it needs", async () => {
    expect(await problemOf(readCrisprBinding(temporaryFolder()))).toContain(
      "must hold dna_data.pkl, read_data.pkl, splits.pkl; got a folder without all of them",
    );
  });

  test.skipIf(!existsSync(fixture))("gives the expected samples of the fixture", async () => {
    const expected: {
      samples: number;
      first: { sequence: string; target: number };
      last: { sequence: string; target: number };
    }[] = JSON.parse(readFileSync(join(fixture, "expected.json"), "utf8"));
    const { train, validation, test: testing } = (await readCrisprBinding(fixture)).splits;
    const found = [train, validation, testing].map((dataset) => {
      const at = (index: number) => {
        const { inputs, targets } = dataset.batch(Int32Array.of(index));
        return { sequence: decodeBases(inputs.data), target: targets.data[0] };
      };
      return { samples: dataset.size, first: at(0), last: at(dataset.size - 1) };
    });
    const rounded = expected.map(({ samples, first, last }) => ({
      samples,
      first: { ...first, target: Math.fround(first.target) },
      last: { ...last, target: Math.fround(last.target) },
    }));
    expect(found).toEqual(rounded);
  });
});
