import { law, numbered } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectAsOnCpu, onWasm, withWasmKernels } from "./as-on-cpu.js";

/** An axis of a tensor and the part of it that is taken, none or all of it included. */
const axis = fc
  .record({ before: fc.nat({ max: 3 }), taken: fc.nat({ max: 11 }), after: fc.nat({ max: 3 }) })
  .map(({ before, taken, after }) => ({ size: before + taken + after, begin: before, taken }));
const whole = fc.integer({ min: 1, max: 4 }).map((size) => ({ size, begin: 0, taken: size }));
const kinds = fc.constantFrom("float32", "int32", "bool");

describe("slice and split on wasm", () => {
  withWasmKernels();

  const boxes = fc.record({
    axes: fc.array(fc.oneof(axis, whole), { minLength: 1, maxLength: 4 }),
    trailing: fc.array(whole, { maxLength: 2 }),
    kind: kinds,
  });
  law("take the box that cpu takes", boxes, async ({ axes, trailing, kind }) => {
    const all = [...axes, ...trailing];
    const shape = all.map(({ size }) => size);
    const x = tf.cast(kind === "bool" ? tf.mod(numbered(shape), 2) : numbered(shape), kind);
    const [begin, taken] = [all.map((a) => a.begin), all.map((a) => a.taken)];
    await expectAsOnCpu(() => tf.slice(x, begin, taken));
  });

  test("take a box of a tensor of six axes", async () => {
    const x = numbered([2, 3, 2, 3, 2, 3]);
    await expectAsOnCpu(() => tf.slice(x, [1, 1, 0, 1, 0, 1], [1, 2, 2, 2, 2, 2]));
  });

  const parts = fc.record({
    before: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }),
    sizes: fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 4 }),
    after: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
    kind: kinds,
  });
  law("split as cpu does, along any axis", parts, async ({ before, sizes, after, kind }) => {
    const along = sizes.reduce((sum, size) => sum + size, 0);
    const x = tf.cast(numbered([...before, along, ...after]), kind);
    await expectAsOnCpu(() => tf.split(x, sizes, before.length));
  });

  law("have the gradient of cpu", parts, async (given) => {
    // six axes at most: the backend's pad, which the gradient of slice is, is wrong for more
    const before = given.before.slice(0, 2);
    const sizes = given.sizes.slice(0, 2);
    const x = numbered([...before, ...sizes.map((size) => size + 1), ...given.after]);
    const begin = [...before.map(() => 0), ...sizes.map((size) => Math.min(size, 1))];
    await expectAsOnCpu(() => tf.grad((y) => tf.slice(y, begin))(x));
  });

  test("refuse a box that does not fit", async () => {
    const x = numbered([3, 2]);
    await expect(onWasm(() => tf.slice(x, [2, 0], [2, 2]))).rejects.toThrow(/begin\[0\] \+ size/);
  });
});
