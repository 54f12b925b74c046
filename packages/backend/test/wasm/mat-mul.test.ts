import { exact, law, normal, numbered, seeds } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { equal, expectAsOnCpu, onWasm, withWasmKernels } from "./as-on-cpu.js";

/** Below, at and above the sides of a tile; 0 and 1. */
const sides = fc.integer({ min: 0, max: 19 });
const modes = { transposeA: fc.boolean(), transposeB: fc.boolean() };

/** Stacks that broadcast: axes of one product in common, of size 1 in either operand or missing. */
const stacks = fc
  .record({
    axes: fc.array(
      fc.record({
        size: fc.integer({ min: 1, max: 3 }),
        present: fc.constantFrom("both", "a", "b"),
      }),
      { maxLength: 3 },
    ),
    missing: fc.nat({ max: 3 }),
    missingIn: fc.constantFrom("a", "b"),
  })
  .map(({ axes, missing, missingIn }) => {
    const stackOf = (operand: string) => {
      const sizes = axes.map(({ size, present }) =>
        present === "both" || present === operand ? size : 1,
      );
      const first = axes.findIndex(({ present }) => present === "both" || present === operand);
      const removable = first < 0 ? axes.length : first;
      return missingIn === operand ? sizes.slice(Math.min(missing, removable)) : sizes;
    };
    return { a: stackOf("a"), b: stackOf("b") };
  });

const products = fc.record({
  stack: stacks,
  m: sides,
  n: sides,
  k: sides,
  ...modes,
  seed: seeds(),
});

function draw({ stack, m, n, k, transposeA, transposeB, seed }: ProductCase) {
  return {
    a: exact([...stack.a, ...(transposeA ? [k, m] : [m, k])], seed),
    b: exact([...stack.b, ...(transposeB ? [n, k] : [k, n])], seed + 1),
  };
}
type ProductCase = typeof products extends fc.Arbitrary<infer T> ? T : never;

describe("matMul on wasm", () => {
  withWasmKernels();

  law("equals cpu for stacks that broadcast, transposed or not", products, async (given) => {
    const { a, b } = draw(given);
    // written out in full for cpu, which takes the wrong matrices where an inner axis broadcasts
    const outer = tf.broadcast_util.assertAndGetBroadcastShape(given.stack.a, given.stack.b);
    const [fullA, fullB] = [a, b].map((operand) =>
      operand.size === 0
        ? tf.zeros([...outer, ...operand.shape.slice(-2)])
        : tf.broadcastTo(operand, [...outer, ...operand.shape.slice(-2)]),
    );
    const expected = tf.matMul(fullA!, fullB!, given.transposeA, given.transposeB);
    const found = await onWasm(() => tf.matMul(a, b, given.transposeA, given.transposeB));
    expect(found).toBeCloseToTensor(expected, equal);
  });

  const larger = fc.record({
    m: fc.integer({ min: 1, max: 140 }), // blocks of 128 rows
    n: fc.constantFrom(1, 9, 1030), // of 1024 columns
    k: fc.constantFrom(3, 255, 256, 257, 530), // and of 256 terms
    ...modes,
    seed: seeds(),
  });
  law(
    "equals cpu across the edges of the blocks it packs",
    larger,
    async (given) => {
      const { a, b } = draw({ ...given, stack: { a: [], b: [] } });
      const { transposeA, transposeB } = given;
      const found = await onWasm(() => tf.matMul(a, b, transposeA, transposeB));
      // by another way than the cpu backend's, which takes a second for one of these
      const left = transposeA ? tf.transpose(a) : a;
      const right = transposeB ? b : tf.transpose(b);
      const [leftRows, rightRows] = [left.arraySync(), right.arraySync()] as number[][][];
      const values = found.dataSync();
      for (const i of [0, given.m >> 1, given.m - 1]) {
        for (const j of [0, given.n >> 1, given.n - 1]) {
          const expected = leftRows![i]!.reduce((sum, x, p) => sum + x * rightRows![j]![p]!, 0);
          expect(values[i * given.n + j]).toBe(expected);
        }
      }
    },
    { runs: 30 },
  );

  law(
    "has the gradients of cpu",
    products,
    async (given) => {
      const { a, b } = draw({ ...given, stack: { a: given.stack.a, b: given.stack.a } });
      const product = (x: tf.Tensor, y: tf.Tensor) =>
        tf.matMul(x, y, given.transposeA, given.transposeB);
      const upstream = exact([...given.stack.a, given.m, given.n], given.seed + 2);
      await expectAsOnCpu(() => tf.grads(product)([a, b], upstream));
    },
    { runs: 40 },
  );

  const activations = fc.constantFrom(
    ...(["linear", "relu", "relu6", "elu", "sigmoid", "prelu", "leakyrelu"] as const),
  );
  const fused = fc.record({ product: products, activation: activations, biased: fc.boolean() });
  law("fused with bias and activation, equals cpu", fused, async ({ product, ...given }) => {
    const { a, b } = draw({ ...product, stack: { a: product.stack.a, b: product.stack.a } });
    if (product.m * product.n === 0) return; // the backend's own activations take no empty tensors
    const bias = exact([product.n], product.seed + 2);
    const preluActivationWeights = exact([product.n], product.seed + 3);
    await expectAsOnCpu(
      () =>
        tf.fused.matMul({
          a,
          b,
          transposeA: product.transposeA,
          transposeB: product.transposeB,
          activation: given.activation,
          ...(given.biased && { bias }),
          ...(given.activation === "prelu" && { preluActivationWeights }),
          leakyreluAlpha: 0.25,
        }),
      { rtol: 1e-5, atol: 1e-6 },
    );
  });

  test("multiplies two matrices readable by eye", async () => {
    const product = await onWasm(() => tf.matMul(numbered([2, 3]), numbered([3, 2])));
    expect(product.arraySync()).toEqual([
      [10, 13],
      [28, 40],
    ]);
  });

  test("sees an operand that changed in place", async () => {
    const found = await onWasm(() => {
      const a = tf.ones([2, 4]);
      const b = tf.ones([4, 2]);
      tf.matMul(a, b);
      const heap = tf.backend() as unknown as { typedArrayFromHeap(t: tf.Tensor): Float32Array };
      heap.typedArrayFromHeap(b).fill(3);
      return tf.matMul(a, b);
    });
    expect(found).toBeCloseToTensor(tf.fill([2, 2], 12));
  });

  test("takes one buffer for what each of its reshapes says", async () => {
    const found = await onWasm(() => {
      const weights = tf.range(1, 9);
      tf.matMul(tf.ones([2, 4]), tf.reshape(weights, [4, 2]));
      return tf.matMul(tf.ones([3, 2]), tf.reshape(weights, [2, 4]) as tf.Tensor2D);
    });
    expect(found).toBeCloseToTensor(tf.tile(tf.tensor2d([[6, 8, 10, 12]]), [3, 1]));
  });

  test("keeps the digits of a sum over many terms", async () => {
    const terms = 115_200;
    const [a, b] = [normal([1, terms], 1), normal([1, terms], 2)];
    const found = await onWasm(() => tf.matMul(a, b, false, true));
    const [x, y] = [Array.from(a.dataSync()), Array.from(b.dataSync())];
    const expected = x.reduce((sum, value, i) => sum + value * y[i]!, 0);
    expect(Math.abs(found.dataSync()[0]! - expected)).toBeLessThan(2e-4); // one ulp of 300 is 3e-5
  });

  test("says which sizes do not fit", async () => {
    const multiply = onWasm(() =>
      tf
        .engine()
        .runKernel(
          "BatchMatMul",
          { a: tf.ones([2, 3]), b: tf.ones([2, 3]) },
          { transposeA: false, transposeB: false },
        ),
    );
    await expect(multiply).rejects.toThrow(
      "matMul: inner sizes must be equal; got 3 and 2 of shapes [2,3] and [2,3] with transposeA=false and transposeB=false.",
    );
  });
});
