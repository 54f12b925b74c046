import { exact, law, numbered, seeds } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { equal, onWasm, withWasmKernels } from "./as-on-cpu.js";

const letters = ["a", "b", "c", "d", "e"] as const;

/** Equations of one or two operands: each axis is in the first, the second or both, and in the output or not. */
const equations = fc
  .record({
    axes: fc.array(
      fc.record({
        size: fc.integer({ min: 1, max: 4 }),
        where: fc.constantFrom("first", "second", "both"),
        isKept: fc.boolean(),
      }),
      { maxLength: letters.length },
    ),
    orders: fc.tuple(shuffled(), shuffled(), shuffled()),
    seed: seeds(),
  })
  .map(({ axes, orders, seed }) => {
    const of = (which: "first" | "second") =>
      letters.filter((_, i) => axes[i] && (axes[i].where === "both" || axes[i].where === which));
    const sort = (names: string[], order: readonly string[]) =>
      order.filter((name) => names.includes(name)).join("");
    const [first, second] = [sort(of("first"), orders[0]), sort(of("second"), orders[1])];
    const kept = letters.filter((_, i) => axes[i]?.isKept);
    const shapeOf = (names: string) =>
      [...names].map((name) => axes[letters.indexOf(name as "a")]!.size);
    return { first, second, output: sort(kept, orders[2]), shapeOf, seed };
  });

function shuffled() {
  return fc.shuffledSubarray([...letters], { minLength: letters.length });
}

/** The definition: the sum over all values of all axes. The cpu backend forgets axes that only one tensor has. */
function obvious(terms: readonly string[], output: string, tensors: readonly tf.Tensor[]) {
  const sizes = new Map<string, number>();
  terms.forEach((term, i) => {
    for (const [axis, name] of [...term].entries()) sizes.set(name, tensors[i]!.shape[axis]!);
  });
  const shape = [...output].map((name) => sizes.get(name)!);
  const sums = new Float32Array(tf.util.sizeFromShape(shape));
  const values = tensors.map((tensor) => tensor.dataSync());
  const place = (names: string, at: ReadonlyMap<string, number>) =>
    [...names].reduce((offset, name) => offset * sizes.get(name)! + at.get(name)!, 0);
  const visit = (names: readonly string[], at: ReadonlyMap<string, number>) => {
    const [name, ...rest] = names;
    if (name === undefined) {
      const product = terms.reduce((so, term, i) => so * values[i]![place(term, at)]!, 1);
      sums[place(output, at)]! += product;
      return;
    }
    for (let i = 0; i < sizes.get(name)!; i++) visit(rest, new Map(at).set(name, i));
  };
  visit([...sizes.keys()], new Map());
  return tf.tensor(sums, shape);
}

describe("einsum on wasm", () => {
  withWasmKernels();

  law(
    "of two tensors is the sum of their products",
    equations,
    async ({ first, second, output, shapeOf, seed }) => {
      const tensors = [exact(shapeOf(first), seed), exact(shapeOf(second), seed + 1)];
      const found = await onWasm(() => tf.einsum(`${first},${second}->${output}`, ...tensors));
      expect(found).toBeCloseToTensor(obvious([first, second], output, tensors), equal);
    },
  );

  law(
    "of one tensor is the sum of its numbers",
    equations,
    async ({ first, output, shapeOf, seed }) => {
      const x = exact(shapeOf(first), seed);
      const kept = [...output].filter((name) => first.includes(name)).join("");
      const found = await onWasm(() => tf.einsum(`${first}->${kept}`, x));
      expect(found).toBeCloseToTensor(obvious([first], kept, [x]), equal);
    },
  );

  test("is a matrix product, and a trace of one", async () => {
    const [a, b] = [numbered([2, 3]), numbered([3, 2])];
    const found = await onWasm(() => [tf.einsum("ij,jk->ik", a, b), tf.einsum("ij,ji->", a, b)]);
    expect(found[0]!.arraySync()).toEqual([
      [10, 13],
      [28, 40],
    ]);
    expect(found[1]!.arraySync()).toBe(50);
  });

  test("gives back what it made on the way", async () => {
    const [before, after] = await onWasm(() => {
      const [a, b] = [numbered([2, 3, 4]), numbered([4, 3, 5])];
      const { numDataBuffers } = tf.memory();
      tf.einsum("abc,cbd->da", a, b).dispose();
      return [numDataBuffers, tf.memory().numDataBuffers];
    });
    expect(after).toBe(before);
  });
});
