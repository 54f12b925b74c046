import { arrayDataset, subset } from "@muir/data";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const exclusiveOr = arrayDataset({
  name: "xor",
  inputs: { shape: [4, 2], data: Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1) },
  targets: { shape: [4], data: Int32Array.of(0, 1, 1, 0) },
});

const sizes = fc.record({
  tasks: fc.integer({ min: 1, max: 4 }),
  examples: fc.integer({ min: 1, max: 6 }),
  width: fc.integer({ min: 1, max: 3 }),
  picks: fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { maxLength: 8 }),
});
type Sizes = typeof sizes extends fc.Arbitrary<infer T> ? T : never;

/** Every number is its own place, so any misplaced one shows. */
function numbered({ tasks, examples, width }: Sizes) {
  const shape = tasks > 1 ? [tasks, examples, width] : [examples, width];
  const count = tasks * examples * width;
  const inputs = { shape, data: Float32Array.from({ length: count }, (_, i) => i) };
  const targets = {
    shape: tasks > 1 ? [tasks, examples] : [examples],
    data: Int32Array.from({ length: tasks * examples }, (_, i) => i),
  };
  return arrayDataset({ name: "numbered", inputs, targets, tasks });
}
const indicesOf = ({ picks, examples }: Sizes) =>
  Int32Array.from(picks, (pick) => Math.floor(pick * examples));

describe("arrayDataset", () => {
  test("gives the examples asked for, in that order", () => {
    const { inputs, targets, size } = exclusiveOr.batch(Int32Array.of(3, 1, 1));
    expect(inputs).toEqual({ shape: [3, 2], data: Float32Array.of(1, 1, 0, 1, 0, 1) });
    expect(targets).toEqual({ shape: [3], data: Int32Array.of(0, 1, 1) });
    expect(size).toBe(3);
  });

  test("gives each task's examples side by side when tasks are stacked", () => {
    const dataset = arrayDataset({
      name: "two",
      tasks: 2,
      inputs: { shape: [2, 3, 1], data: Float32Array.of(1, 2, 3, 10, 20, 30) },
      targets: { shape: [2, 3], data: Uint8Array.of(1, 2, 3, 10, 20, 30) },
    });
    expect([dataset.size, dataset.inputShape, dataset.targetShape]).toEqual([3, [1], []]);
    const { inputs, targets } = dataset.batch(Int32Array.of(2, 0));
    expect(inputs).toEqual({ shape: [2, 2, 1], data: Float32Array.of(3, 1, 30, 10) });
    expect(targets).toEqual({ shape: [2, 2], data: Uint8Array.of(3, 1, 30, 10) });
  });

  law("agrees with reading one number at a time", sizes, (given) => {
    const indices = indicesOf(given);
    const { tasks, examples, width } = given;
    const { inputs, targets } = numbered(given).batch(indices);
    const expected = Array.from({ length: tasks }, (_, task) =>
      [...indices].map((index) => task * examples + index),
    ).flat();
    expect([...targets.data]).toEqual(expected);
    expect([...inputs.data]).toEqual(
      expected.flatMap((place) => Array.from({ length: width }, (_, j) => place * width + j)),
    );
  });

  test("rejects arrays that do not fit", () => {
    const inputs = { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) };
    const make = (shape: number[], tasks = 1) => {
      const targets = { shape, data: new Int32Array(2) };
      return () => arrayDataset({ name: "odd", inputs, targets, tasks });
    };
    expect(make([3])).toThrow("targets of odd must hold the 3 numbers of shape [3]; got 2");
    expect(make([1, 2])).toThrow("equally many examples; got shapes [2,2] and [1,2]");
    expect(make([])).toThrow("targets of odd must have shape [examples, ...]; got []");
    expect(make([2], 2)).toThrow("targets of odd must have shape [2, examples, ...]; got [2]");
    expect(make([2], 0)).toThrow("tasks must be a positive integer; got 0");
    const doubles = { shape: [2], data: Float64Array.of(0.5, 1.5) } as never;
    expect(() => arrayDataset({ name: "odd", inputs, targets: doubles })).toThrow(
      new TypeError(
        "arrayDataset: targets of odd must be a Float32Array, Int32Array or Uint8Array; got Float64Array. Float32Array.from(targets) makes one.",
      ),
    );
  });

  test("rejects an index that is no example's", () => {
    expect(() => exclusiveOr.batch(Int32Array.of(0, 4))).toThrow(
      "batch of xor: indices must be from 0 to 3; got 4.",
    );
    expect(() => exclusiveOr.batch(Int32Array.of(-1))).toThrow("got -1");
  });
});

describe("subset", () => {
  test("renumbers the chosen examples", () => {
    const part = subset(exclusiveOr, [3, 2], { name: "xor/part" });
    expect([part.name, part.size]).toEqual(["xor/part", 2]);
    expect(part.batch(Int32Array.of(1)).inputs.data).toEqual(Float32Array.of(1, 0));
  });

  law("of everything is everything", sizes, (given) => {
    const dataset = numbered(given);
    const all = subset(
      dataset,
      Array.from({ length: dataset.size }, (_, i) => i),
    );
    const indices = indicesOf(given);
    expect(all.batch(indices)).toEqual(dataset.batch(indices));
  });

  law("of a subset picks through both", sizes, (given) => {
    const dataset = numbered(given);
    const outer = indicesOf(given);
    const places = Int32Array.from(outer, (_, i) => outer.length - 1 - i);
    const twice = subset(subset(dataset, outer), places);
    expect(twice.batch(Int32Array.from(outer, (_, i) => i))).toEqual(
      dataset.batch(outer.toReversed()),
    );
  });

  test("rejects examples that are not there", () => {
    expect(() => subset(exclusiveOr, [0, 4])).toThrow(
      "subset: indices of xor must be integers from 0 to 3; got 4 at 1.",
    );
    expect(() => subset(exclusiveOr, [0.5])).toThrow("got 0.5 at 0");
    const part = subset(exclusiveOr, [0]);
    expect(() => part.batch(Int32Array.of(1))).toThrow("indices must be from 0 to 0; got 1");
  });
});
