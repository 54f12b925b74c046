import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { type Folder, readFolder, writeFolder } from "../src/tensor-folder.js";

const folder = mkdtempSync(join(tmpdir(), "muir-tensors-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("a folder of tensors", () => {
  test("holds shapes and places as JSON, numbers one after the other", () => {
    writeFolder(folder, {
      weight: { shape: [2], values: Float32Array.of(1, 2) },
      labels: { shape: [1], values: Int32Array.of(7) },
      made: { shape: [4, 4], layout: "dense", location: 3 },
    });
    expect(JSON.parse(readFileSync(join(folder, "tensors.json"), "utf8"))).toEqual({
      weight: { shape: [2], dtype: "float32", offset: 0 },
      labels: { shape: [1], dtype: "int32", offset: 8 },
      made: { shape: [4, 4], dtype: "float32", layout: "dense", location: 3 },
    });
    expect([...readFileSync(join(folder, "tensors.bin"))].slice(8)).toEqual([7, 0, 0, 0]);
  });

  test("of another kind lies beside it", () => {
    writeFolder(folder, { a: { shape: [], values: Float32Array.of(1) } }, "gradients");
    expect(readdirSync(folder)).toContain("gradients.bin");
    expect(readFolder(folder, "gradients")["a"]).toEqual({
      shape: [],
      values: Float32Array.of(1),
    });
  });

  test("law: reading gives what was written", () => {
    const name = fc.string().filter((text) => text !== "__proto__");
    const shape = fc.array(fc.nat(3), { maxLength: 3 });
    const numbers = shape.chain((shape) => {
      const length = shape.reduce((product, size) => product * size, 1);
      return fc.oneof(
        fc
          .float32Array({ minLength: length, maxLength: length })
          .map((values) => ({ shape, values })),
        fc
          .int32Array({ minLength: length, maxLength: length })
          .map((values) => ({ shape, values })),
      );
    });
    fc.assert(
      fc.property(fc.dictionary(name, numbers, { noNullPrototype: true }), (given) => {
        writeFolder(folder, given as Folder);
        expect(readFolder(folder)).toEqual(given);
      }),
      { numRuns: 30 },
    );
  });
});
