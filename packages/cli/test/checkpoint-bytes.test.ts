import { law } from "@muir/test-kit";
import type { Snapshot, SnapshotTensor } from "@muir/trainer";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkpointBytes } from "../src/run/checkpoint-bytes.js";
import { readSafeTensors } from "./read-safetensors.js";

const counters = {
  generation: 3,
  steps: 300,
  random: { search: [1, 2], dropout: [3, 4] },
  cursors: { regression: { epoch: 2, position: 5 } },
  optimizerSteps: { "bank/modules": 300 },
} as unknown as Omit<Snapshot, "alignment" | "tensors">;

const tensor: fc.Arbitrary<SnapshotTensor> = fc
  .tuple(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }), fc.nat(), fc.boolean())
  .map(([shape, seed, whole]) => {
    const size = shape.reduce((product, axis) => product * axis, 1);
    const numbers = Array.from({ length: size }, (_, i) => (seed + i) % 1009);
    return {
      shape,
      data: whole ? Int32Array.from(numbers) : Float32Array.from(numbers, (n) => n / 7),
    };
  });

const snapshots: fc.Arbitrary<Snapshot> = fc
  .record({
    tensors: fc.dictionary(
      fc.string({ unit: "grapheme" }).map((name) => `bank/${name}`),
      tensor,
    ),
    modules: fc.array(fc.nat(99)),
  })
  .map(({ tensors, modules }) => ({ ...counters, tensors, alignment: Int32Array.from(modules) }));

describe("checkpointBytes", () => {
  test("holds every tensor under its name", () => {
    const modules = { shape: [2, 1], data: Float32Array.of(0.5, -1) };
    const alignment = Int32Array.of(1, 0, 1);
    const bytes = checkpointBytes({ ...counters, tensors: { "bank/modules": modules }, alignment });
    const { tensors } = readSafeTensors(bytes);
    expect(tensors["bank/modules"]).toEqual(modules);
    expect(tensors["alignment"]).toEqual({ shape: [3], data: alignment });
  });

  test("says what it is, and keeps the counters", () => {
    const { metadata } = readSafeTensors(
      checkpointBytes({ ...counters, tensors: {}, alignment: new Int32Array() }),
    );
    expect(metadata["format"]).toBe("muir-checkpoint");
    expect(JSON.parse(metadata["muir"]!)).toEqual(counters);
  });

  law("reads back as it was, and the offsets cover the file", snapshots, (snapshot) => {
    const { alignment, tensors } = snapshot;
    const read = readSafeTensors(checkpointBytes(snapshot));
    const all = { ...tensors, alignment: { shape: [alignment.length], data: alignment } };
    expect(read.tensors).toEqual(all);
  });

  law("begins its numbers at a multiple of eight bytes", snapshots, (snapshot) => {
    const bytes = checkpointBytes(snapshot);
    expect(Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true)) % 8).toBe(0);
  });
});
