import { law, MOST_ADDED, mutatedBytes } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Mutation, mutate } from "../src/mutation.js";

const file = Uint8Array.from({ length: 300 }, (_, i) => i % 251);
const letters = Buffer.from("abcdefgh");

/** `abcdefgh` after one mutation, as text. */
const after = (mutation: Mutation) => Buffer.from(mutate(letters, mutation)).toString("latin1");

describe("mutate", () => {
  test.each<[Mutation, string]>([
    [{ kind: "flip", at: 1, bit: 0 }, "accdefgh"],
    [{ kind: "flip", at: 8, bit: 5 }, "Abcdefgh"],
    [{ kind: "overwrite", at: 2, bytes: Buffer.from("XY") }, "abXYefgh"],
    [{ kind: "overwrite", at: 7, bytes: Buffer.from("XY") }, "abcdefgXY"],
    [{ kind: "insert", at: 2, bytes: Buffer.from("XY") }, "abXYcdefgh"],
    [{ kind: "delete", at: 2, length: 3 }, "abfgh"],
    [{ kind: "delete", at: 6, length: 30 }, "abcdef"],
    [{ kind: "repeat", at: 6, length: 2, times: 3 }, "abcdefghghghgh"],
    [{ kind: "swap", at: 0, to: 6, length: 2 }, "ghcdefab"],
    [{ kind: "swap", at: 6, to: 0, length: 2 }, "ghcdefab"],
    [{ kind: "swap", at: 1, to: 3, length: 5 }, "adebcfgh"],
    [{ kind: "truncate", at: 3 }, "abc"],
    [{ kind: "replace", bytes: Buffer.from("X") }, "X"],
  ])("%j", (mutation, expected) => {
    expect(after(mutation)).toBe(expected);
  });

  test("takes an empty file", () => {
    const flip: Mutation = { kind: "flip", at: 5, bit: 1 };
    const swap: Mutation = { kind: "swap", at: 5, to: 3, length: 1 };
    for (const mutation of [flip, swap]) {
      expect(mutate(new Uint8Array(), mutation)).toEqual(new Uint8Array());
    }
  });
});

describe("mutatedBytes", () => {
  law("leaves the file itself as it was", mutatedBytes([file]), () => {
    expect(file).toEqual(Uint8Array.from({ length: 300 }, (_, i) => i % 251));
  });

  law("is as long as its mutations allow", mutatedBytes([file], { mutations: 3 }), (bytes) => {
    expect(bytes.length).toBeLessThanOrEqual(file.length + 3 * MOST_ADDED);
  });

  test("differs from the file nearly always, in its first and in its last bytes", () => {
    const samples = fc.sample(mutatedBytes([file], { mutations: 1 }), { numRuns: 2000, seed: 1 });
    const share = (holds: (bytes: Uint8Array) => boolean) =>
      samples.filter(holds).length / samples.length;
    const same = (bytes: Uint8Array) => Buffer.compare(bytes, file) === 0;
    const last = (bytes: Uint8Array) => Buffer.compare(bytes.slice(-50), file.slice(-50)) !== 0;
    const front = (bytes: Uint8Array) =>
      Buffer.compare(bytes.slice(0, 50), file.slice(0, 50)) !== 0;
    expect(share(same)).toBeLessThan(0.02);
    expect(share(front)).toBeGreaterThan(0.2);
    expect(share(last)).toBeGreaterThan(0.1);
  });

  test("shrinks to the one mutation that does it", () => {
    const has = (bytes: Uint8Array) => !bytes.subarray(0, 10).every((byte, i) => byte === i);
    const report = fc.check(
      fc.property(mutatedBytes([file]), (bytes) => !has(bytes)),
      { seed: 5 },
    );
    const [found] = report.counterexample!;
    const changed = found.filter((byte, i) => byte !== file[i]).length;
    expect(found.length === file.length ? changed : 1).toBeLessThanOrEqual(16);
  });

  test("writes the words of the format", () => {
    const samples = fc.sample(mutatedBytes([file], { words: ["__proto__"] }), {
      numRuns: 500,
      seed: 1,
    });
    const found = samples.filter((bytes) => Buffer.from(bytes).includes("__proto__"));
    expect(found.length).toBeGreaterThan(20);
  });

  test("rejects no file, and no mutation", () => {
    expect(() => mutatedBytes([])).toThrow("mutatedBytes: there must be a file; got none.");
    expect(() => mutatedBytes([file], { mutations: 0 })).toThrow(
      "mutatedBytes: mutations must be a positive integer; got 0.",
    );
  });
});
