import { exact, law, numbered, seeds } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectAsOnCpu, onWasm, withWasmKernels } from "./as-on-cpu.js";

/** Rows from none to longer than one that is copied number by number, of 0 to 3 axes. */
const cases = fc.record({
  rows: fc.integer({ min: 1, max: 9 }),
  row: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }),
  picks: fc.array(fc.nat({ max: 59 }), { maxLength: 12 }),
  seed: seeds(),
});

const pick = ({ picks, rows }: { picks: number[]; rows: number }) =>
  tf.tensor1d(
    picks.map((index) => index % rows),
    "int32",
  );

describe("gather on wasm", () => {
  withWasmKernels();

  law("takes the rows that cpu takes", cases, async (given) => {
    const x = exact([given.rows, ...given.row], given.seed);
    const indices = pick(given);
    await expectAsOnCpu(() => tf.gather(x, indices));
  });

  law("has the gradient of cpu: rows taken twice count twice", cases, async (given) => {
    const x = exact([given.rows, ...given.row], given.seed);
    const indices = pick({ ...given, picks: [0, ...given.picks] });
    const upstream = exact([indices.size, ...given.row], given.seed + 1);
    await expectAsOnCpu(() => tf.grad((rows) => tf.gather(rows, indices))(x, upstream));
  });

  test("takes rows of integers, by indices of any shape", async () => {
    const x = tf.cast(numbered([3, 2]), "int32");
    const indices = tf.tensor2d([[2, 0]], [1, 2], "int32");
    const gathered = await onWasm(() => tf.gather(x, indices));
    expect(gathered.dtype).toBe("int32");
    expect(gathered.arraySync()).toEqual([
      [
        [4, 5],
        [0, 1],
      ],
    ]);
  });

  const along = fc.record({
    shape: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
    axis: fc.nat({ max: 3 }),
    batchDims: fc.nat({ max: 2 }),
    picks: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
    seed: seeds(),
  });
  law("takes the entries along any axis and in batches that cpu takes", along, async (given) => {
    const { shape, seed } = given;
    const axis = given.axis % shape.length;
    const batchDims = Math.min(given.batchDims, axis);
    const picks = [...shape.slice(0, batchDims), ...given.picks];
    const indices = tf.cast(tf.mod(tf.abs(exact(picks, seed)), shape[axis]!), "int32");
    const x = exact(shape, seed + 1);
    await expectAsOnCpu(() => tf.gather(x, indices, axis, batchDims));
    await expectAsOnCpu(() => tf.gather(x, indices, axis - shape.length, batchDims));
  });

  test("leaves booleans to the backend", async () => {
    const flags = tf.tensor1d([1, 0, 1], "bool");
    await expectAsOnCpu(() => tf.gather(flags, tf.tensor1d([2, 0, 1, 1], "int32")));
  });

  test.each([3, -1])("says which index there is no row for: %i", async (index) => {
    const x = numbered([3, 2]);
    const gather = onWasm(() => tf.gather(x, tf.tensor1d([0, index], "int32")));
    await expect(gather).rejects.toThrow(
      `gather: indices along axis 0 of [3,2] must be in [0, 2]; got ${index}.`,
    );
  });
});

describe("unsortedSegmentSum on wasm", () => {
  withWasmKernels();

  const sums = fc.record({ given: cases, kind: fc.constantFrom("float32", "int32", "bool") });
  law("equals cpu, ids without a segment and other kinds included", sums, async (drawn) => {
    const { given } = drawn;
    const x = tf.cast(exact([given.picks.length, ...given.row], given.seed), drawn.kind as "int32");
    const ids = tf.tensor1d(
      given.picks.map((id) => (id % (given.rows + 2)) - 1), // from -1 to the number of segments
      "int32",
    );
    await expectAsOnCpu(() => tf.unsortedSegmentSum(x, ids, given.rows));
  });

  test("sums rows readable by eye", async () => {
    const x = numbered([3, 2]);
    const sum = await onWasm(() => tf.unsortedSegmentSum(x, tf.tensor1d([1, 0, 1], "int32"), 3));
    expect(sum.arraySync()).toEqual([
      [2, 3],
      [4, 6],
      [0, 0],
    ]);
  });
});
