import { conv2d, dense, planDecomposition } from "@muir/decompose";
import { type Bank, materialize } from "@muir/hypermodule";
import { countTensors, exact, law } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const side = fc.integer({ min: 1, max: 5 });
const cases = fc.record({
  // one dense weight a network; sides that the block does not divide are as likely as others
  shapes: fc.array(fc.tuple(side, side), { minLength: 1, maxLength: 3 }),
  block: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
  modules: fc.integer({ min: 1, max: 4 }),
  contextSize: fc.integer({ min: 0, max: 2 }),
  seed: fc.noShrink(fc.nat({ max: 1_000_000 })),
});
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

function draw({ shapes, block, modules, contextSize, seed }: Case) {
  const plan = planDecomposition(
    shapes.map((shape, i) => ({
      name: `network ${i}`,
      parameters: { weight: { shape, kind: dense } },
    })),
    { block },
  );
  const bank = {
    modules: exact([modules, Math.max(contextSize, 1), ...block], seed),
    contexts: exact([plan.locations, contextSize], seed + 1),
  } as Bank;
  const alignment = Int32Array.from({ length: plan.locations }, (_, l) => (seed + 7 * l) % modules);
  return { plan, bank, alignment };
}

describe("materialize", () => {
  test("cuts a generated block off at the edges of its matrix", () => {
    const parameters = { weight: { shape: [2, 3], kind: dense }, bias: { shape: [3] } };
    const plan = planDecomposition([{ name: "net", parameters }], { block: [2, 2] });
    const bank = {
      modules: tf.tensor4d([1, 2, 3, 4], [1, 1, 2, 2]),
      contexts: tf.tensor2d([[1], [10]]),
    };
    const { net } = materialize(bank, Int32Array.of(0, 0), plan);
    expect(Object.keys(net!)).toEqual(["weight"]); // the bias is the network's own
    expect(net!["weight"]!.arraySync()).toEqual([
      [1, 2, 10],
      [3, 4, 30],
    ]);
  });

  test("gives each tap of a convolution its own block", () => {
    const kernel = { shape: [2, 1, 2, 1], kind: conv2d };
    const plan = planDecomposition([{ name: "net", parameters: { kernel } }], { block: [2, 1] });
    const bank = {
      modules: tf.tensor4d([1, 2, 5, 6], [2, 1, 2, 1]),
      contexts: tf.tensor2d([[1], [-1]]),
    };
    const { net } = materialize(bank, Int32Array.of(1, 0), plan);
    expect(net!["kernel"]!.arraySync()).toEqual([[[[5], [6]]], [[[-1], [-2]]]]);
  });

  law("makes every entry the sum of its location's contexts times its module", cases, (given) => {
    const { plan, bank, alignment } = draw(given);
    const weights = materialize(bank, alignment, plan);
    const H = bank.modules.arraySync();
    const z = bank.contexts.arraySync() as number[][];
    const [m, n] = given.block;
    for (const { model, rows, columns, grid, first } of plan.shared) {
      const expected = Array.from({ length: rows }, (_, i) =>
        Array.from({ length: columns }, (_, j) => {
          const l = first + Math.floor(i / m) * grid[2] + Math.floor(j / n);
          const contexts = given.contextSize === 0 ? [1] : z[l]!;
          return contexts.reduce(
            (sum, zc, c) => sum + zc * H[alignment[l]!]![c]![i % m]![j % n]!,
            0,
          );
        }),
      );
      expect(weights[model]!["weight"]!).toBeCloseToTensor(tf.tensor2d(expected), {
        rtol: 0,
        atol: 0,
      });
    }
  });

  law("makes one tensor a weight, which needs the bank no longer", cases, (given) => {
    const { plan, bank, alignment } = draw(given);
    let weights: ReturnType<typeof materialize> = {};
    const made = countTensors(() => {
      weights = materialize(bank, alignment, plan);
    });
    expect(made).toBe(given.shapes.length);
    tf.dispose([bank.modules, bank.contexts]);
    for (const { weight } of Object.values(weights) as { weight: tf.Tensor }[]) weight.dataSync();
  });

  test("names an alignment or a plan that does not fit", () => {
    const plan = planDecomposition(
      [{ name: "net", parameters: { w: { shape: [4, 1], kind: dense } } }],
      {
        block: [2, 1],
      },
    );
    const bank = { modules: tf.ones([1, 1, 2, 1]), contexts: tf.ones([2, 1]) } as Bank;
    expect(() => materialize(bank, Int32Array.of(0, 1), plan)).toThrow(
      "hypermodules 0 to 0; got 1 at index 1",
    );
    const other = { modules: tf.ones([1, 1, 1, 1]), contexts: tf.ones([2, 1]) } as Bank;
    expect(() => materialize(other, Int32Array.of(0, 0), plan)).toThrow(
      "blocks must be [locations, m, n] = [2,2,1]; got [2,1,1]",
    );
  });
});
