import { type JoinedPart, joinParts, splitParts } from "@muir/models/layers";
import { countTensors, law, numbered } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

/** Parts one after another, as an architecture lists them. */
function parts(shapes: readonly (readonly number[])[]): JoinedPart[] {
  let first = 0;
  return shapes.map((shape, i) => {
    const size = shape.reduce((product, side) => product * side, 1);
    first += size;
    return { name: `part${i}`, shape, dtype: "float32", first: first - size, size };
  });
}

const side = fc.integer({ min: 1, max: 3 });
const cases = fc.record({
  shapes: fc.array(fc.array(side, { maxLength: 3 }), { minLength: 1, maxLength: 4 }),
  batch: side,
});

describe("joinParts and splitParts", () => {
  const [image, label] = [
    { name: "image", shape: [2, 2], dtype: "float32", first: 0, size: 4 },
    { name: "label", shape: [1], dtype: "int32", first: 4, size: 1 },
  ];

  test("make rows of numbers, one part after another", () => {
    const tensors = { label: tf.tensor2d([[7]], [1, 1], "int32"), image: numbered([1, 2, 2]) };
    expect(joinParts([image!, label!], tensors).arraySync()).toEqual([[0, 1, 2, 3, 7]]);
  });

  test("give parts back in their shapes and types", () => {
    const found = splitParts([image!, label!], tf.tensor2d([[0, 1, 2, 3, 7]]));
    expect(found["image"]!.arraySync()).toEqual([
      [
        [0, 1],
        [2, 3],
      ],
    ]);
    expect([found["label"]!.arraySync(), found["label"]!.dtype]).toEqual([[[7]], "int32"]);
  });

  law("are inverse, and leave what they return", cases, ({ shapes, batch }) => {
    const given = parts(shapes);
    const tensors = Object.fromEntries(
      given.map(({ name, shape }, i) => [name, tf.add(numbered([batch, ...shape]), 100 * i)]),
    );
    let joined!: tf.Tensor;
    let found!: Record<string, tf.Tensor>;
    expect(countTensors(() => (joined = joinParts(given, tensors)))).toBe(1);
    expect(countTensors(() => (found = splitParts(given, joined)))).toBe(given.length);
    for (const { name } of given) {
      expect(found[name]!).toBeCloseToTensor(tensors[name]!, { rtol: 0, atol: 0 });
    }
  });

  test("name what does not fit", () => {
    expect(() => joinParts([image!, label!], { image: numbered([3, 2, 2]) })).toThrow(
      new RangeError("joinParts: label must be [3,1]; got none."),
    );
    expect(() =>
      joinParts([image!, label!], { image: numbered([3, 2, 2]), label: numbered([2, 1]) }),
    ).toThrow("joinParts: label must be [3,1]; got [2,1].");
    expect(() => splitParts([image!, label!], numbered([3, 4]))).toThrow(
      new RangeError("splitParts: the tensor must be [batch,5]; got [3,4]."),
    );
  });
});
