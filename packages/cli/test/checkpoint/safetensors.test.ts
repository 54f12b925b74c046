import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CheckpointError } from "../../src/run/checkpoint/checkpoint-error.js";
import { formatSafetensors } from "../../src/run/checkpoint/format-safetensors.js";
import { parseSafetensors } from "../../src/run/checkpoint/parse-safetensors.js";
import { readSafeTensors } from "../read-safetensors.js";
import { tensors } from "./checkpoints.js";

const fileOf = (...given: Parameters<typeof formatSafetensors>) =>
  new Uint8Array(Buffer.concat(formatSafetensors(...given)));
const modules = { shape: [2, 1], data: Float32Array.of(0.5, -1) };
const alignment = { shape: [3], data: Int32Array.of(1, 0, 1) };

/** A file with this header, whatever it says, and so many bytes of numbers. */
function forged(header: unknown, { length, bytes = 8 }: { length?: number; bytes?: number } = {}) {
  const text = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(length ?? text.length));
  return new Uint8Array(Buffer.concat([size, text, Buffer.alloc(bytes)]));
}

describe("a safetensors file", () => {
  test("holds every tensor under its name, and words about it", () => {
    const { tensors, metadata } = readSafeTensors(fileOf({ modules, alignment }, { version: "2" }));
    expect(tensors).toEqual({ modules, alignment });
    expect(metadata).toEqual({ version: "2" });
  });

  test("of another's making is read where its numbers stand at any byte", () => {
    const entry = { dtype: "I32", shape: [2], data_offsets: [0, 8] };
    for (const spaces of ["", " ", "  ", "   "]) {
      const bytes = forged(JSON.stringify({ x: entry }) + spaces);
      bytes[bytes.length - 8] = 7;
      expect(parseSafetensors(bytes).tensors["x"]!.data).toEqual(Int32Array.of(7, 0));
    }
  });

  law("is read by any reader as it was", tensors, (tensors) => {
    const bytes = fileOf(tensors, { format: "a" });
    expect(readSafeTensors(bytes).tensors).toEqual(tensors);
    expect(parseSafetensors(bytes)).toEqual({ tensors, metadata: { format: "a" } });
    expect(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8).toBe(0);
  });

  test.each([
    ["nothing", new Uint8Array(0), "8 bytes of length"],
    ["a header beyond its end", forged({}, { length: 1e6 }), "must lie within the file"],
    ["a header of 2^63 bytes", forged({}, { length: 2 ** 63 }), "must lie within the file"],
    ["no JSON", forged("{"), "must be JSON"],
    ["another kind of JSON", forged([1]), "JSON object"],
    ["no words", forged({ __metadata__: { a: 1 } }), "__metadata__"],
    ["a huge shape", forged({ x: { dtype: "F32", shape: [2 ** 40], data_offsets: [0, 8] } }), "x"],
    ["offsets backwards", forged({ x: { dtype: "F32", shape: [2], data_offsets: [8, 0] } }), "x"],
    ["another type", forged({ x: { dtype: "BF16", shape: [4], data_offsets: [0, 8] } }), "BF16"],
    ["no offsets", forged({ x: { dtype: "F32", shape: [2] } }), "two offsets"],
    ["a hole", forged({ x: { dtype: "F32", shape: [1], data_offsets: [4, 8] } }), "no owner"],
    ["too much", forged({ x: { dtype: "F32", shape: [1], data_offsets: [0, 4] } }), "all 8 bytes"],
  ])("with %s is refused in one line", (_, bytes, says) => {
    const read = () => parseSafetensors(bytes);
    expect(read).toThrow(CheckpointError);
    expect(read).toThrow(says);
    expect(read).toThrow(/^safetensors: [^\n]*\.$/);
  });

  const edits = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 4 });
  const mutated = fc.tuple(tensors, edits, fc.double({ min: 0, max: 1, noNaN: true }));
  law(
    "with any bytes changed and any length is a result or a CheckpointError",
    mutated,
    (given) => {
      const [tensors, edits, kept] = given;
      const whole = fileOf(tensors, {});
      const bytes = whole.slice(0, Math.ceil(kept * whole.length));
      for (const [at, byte] of edits) if (bytes.length > 0) bytes[at % bytes.length] = byte;
      try {
        parseSafetensors(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(CheckpointError);
        expect((error as Error).message).toMatch(/^[^\n]{1,300}$/);
      }
    },
  );
});
