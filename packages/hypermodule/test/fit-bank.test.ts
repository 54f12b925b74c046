import "@tensorflow/tfjs-backend-wasm";
import { conv2d, dense, planDecomposition } from "@muir/decompose";
import { type Bank, createBank, fitBank, materialize } from "@muir/hypermodule";
import { countTensors, law, normal, seededDraws } from "@muir/test-kit";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const side = fc.integer({ min: 1, max: 5 });
const cases = fc.record({
  // of the network to fit, and of one beside it
  shapes: fc.tuple(fc.tuple(side, side), fc.tuple(side, side)),
  block: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
  contextSize: fc.integer({ min: 0, max: 4 }),
  split: fc.constantFrom({}, { moduleDeviation: 0.1 }),
  spare: fc.integer({ min: 0, max: 2 }),
  size: fc.constantFrom(0.01, 1, 30),
  seed: fc.noShrink(fc.nat({ max: 1_000_000 })),
});
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

/** Two networks whose every location has a module of its own, in an order of its own. */
function draw({ shapes, block, contextSize, split, spare, size, seed }: Case) {
  const [known, other] = shapes;
  const models = [
    { name: "other", parameters: { kernel: { shape: other, kind: dense } } },
    {
      name: "known",
      parameters: {
        kernel: { shape: known, kind: dense },
        bias: { shape: [known[1]] },
        filter: { shape: [2, 1, ...known], kind: conv2d },
      },
    },
  ];
  const plan = planDecomposition(models, { block });
  const random = seededDraws(seed);
  const alignment = Int32Array.from({ length: plan.locations }, (_, l) => l + spare).reverse();
  const deviations = new Float32Array(plan.locations).fill(0.5);
  const modules = plan.locations + spare;
  const chosen = contextSize === 0 ? {} : split;
  const bank = createBank({
    ...{ modules, contextSize, block, ...chosen, deviations, alignment, random },
  });
  const weights = {
    kernel: tf.mul(normal(known, seed), size),
    filter: tf.mul(normal([2, 1, ...known], seed + 1), 3 * size),
  };
  return { plan, bank, alignment, weights, chosen };
}

const rows = (tensor: tf.Tensor, which: readonly number[]) =>
  tf.gather(tensor, tf.tensor1d([...which], "int32"));

describe("fitBank", () => {
  const plan = planDecomposition(
    [{ name: "net", parameters: { kernel: { shape: [2, 3], kind: dense } } }],
    { block: [2, 2] },
  );
  const bankOf = (contextSize: number) =>
    ({
      modules: tf.fill([2, Math.max(contextSize, 1), 2, 2], 9),
      contexts: tf.fill([2, contextSize], 7),
    }) as Bank;
  const kernel = tf.tensor2d([
    [1, -1, 1],
    [-1, 1, -1],
  ]);

  test("makes each block a hypermodule, where there are no contexts", () => {
    const weights = { net: { kernel } };
    const fitted = fitBank(bankOf(0), Int32Array.of(1, 0), { plan, weights });
    expect(fitted.modules.arraySync()).toEqual([
      [
        [
          [1, 9], // the 9 was drawn: here is no weight
          [-1, 9],
        ],
      ],
      [
        [
          [1, -1],
          [-1, 1],
        ],
      ],
    ]);
    expect(fitted.contexts.shape).toEqual([2, 0]);
  });

  test("makes contexts as large as weights, and hypermodules blocks of size one", () => {
    const weights = { net: { kernel: tf.mul(kernel, 5) } };
    const { modules, contexts } = fitBank(bankOf(1), Int32Array.of(0, 1), { plan, weights });
    expect(contexts.arraySync()).toEqual([[5], [5]]);
    expect(modules.arraySync()).toEqual([
      [
        [
          [1, -1],
          [-1, 1],
        ],
      ],
      [
        [
          [1, 9],
          [-1, 9],
        ],
      ],
    ]);
  });

  law("generates the weights it was given", cases, (given) => {
    const { plan, bank, alignment, weights, chosen } = draw(given);
    const fitted = fitBank(bank, alignment, { plan, weights: { known: weights }, ...chosen });
    const { known } = materialize(fitted, alignment, plan);
    for (const [name, weight] of Object.entries(weights)) {
      const size = tf.sqrt(tf.mean(tf.square(weight))).dataSync()[0]!;
      expect(known![name]!).toBeCloseToTensor(weight, { rtol: 1e-6, atol: 2e-6 * size });
    }
  });

  law("leaves all other locations and hypermodules as they were", cases, (given) => {
    const { plan, bank, alignment, weights, chosen } = draw(given);
    const fitted = fitBank(bank, alignment, { plan, weights: { known: weights }, ...chosen });
    const { first, count } = plan.models[0]!;
    const untouched = Array.from({ length: count }, (_, i) => first + i);
    const own = new Set(Array.from(alignment).filter((_, l) => l >= count));
    const modules = Array.from({ length: bank.modules.shape[0] }, (_, k) => k);
    const exactly = { rtol: 0, atol: 0 };
    if (given.contextSize > 0) {
      expect(rows(fitted.contexts, untouched)).toBeCloseToTensor(
        rows(bank.contexts, untouched),
        exactly,
      );
    }
    const others = modules.filter((module) => !own.has(module));
    expect(rows(fitted.modules, others)).toBeCloseToTensor(rows(bank.modules, others), exactly);
  });

  law("makes two tensors, and disposes none", cases, (given) => {
    const { plan, bank, alignment, weights, chosen } = draw(given);
    expect(
      countTensors(() =>
        fitBank(bank, alignment, { plan, weights: { known: weights }, ...chosen }),
      ),
    ).toBe(2);
    expect(countTensors(() => fitBank(bank, alignment, { plan, weights: {} }))).toBe(2);
  });

  test.each([
    [1, 1],
    [2, Math.SQRT1_2],
    [4, 0.5],
    [4, 0.05],
  ])("keeps the variance of hypermodules, c = %s, deviation %s", (contextSize, moduleDeviation) => {
    const [m, n] = [64, 64];
    const plan = planDecomposition(
      [{ name: "net", parameters: { kernel: { shape: [m, n], kind: dense } } }],
      { block: [m, n] },
    );
    const alignment = Int32Array.of(0);
    const deviations = Float32Array.of(0.1);
    const random = seededDraws(1);
    const sizes = { modules: 1, contextSize, block: [m, n] as const, moduleDeviation };
    const bank = createBank({ ...sizes, deviations, random });
    const weights = { net: { kernel: tf.mul(normal([m, n], 2), 0.02) } };
    const { modules, contexts } = fitBank(bank, alignment, { plan, weights, moduleDeviation });
    const variance = tf.mean(tf.square(modules)).dataSync()[0]!;
    expect(variance / moduleDeviation ** 2).toBeCloseTo(1, 1);
    // as what it scales asks for, not as designed
    const scale = 0.02 / (Math.sqrt(contextSize) * moduleDeviation);
    expect(contexts.dataSync()[0]! / scale).toBeCloseTo(1, 1);
    const parts = tf.unstack(modules, 1);
    for (const part of parts.slice(1)) {
      expect(tf.mean(tf.abs(tf.sub(part, parts[0]!))).dataSync()[0]).toBeGreaterThan(
        0.2 * moduleDeviation,
      );
    }
  });

  test.each([0, 1, 3])(
    "fits on the wasm backend as it does elsewhere, c = %s",
    async (contextSize) => {
      const given = { block: [2, 3], contextSize, split: {}, spare: 1, size: 1, seed: 5 } as const;
      const shapes: Case["shapes"] = [
        [4, 5],
        [3, 3],
      ];
      const fit = () => {
        const { plan, bank, alignment, weights, chosen } = draw({
          ...given,
          block: [2, 3],
          shapes,
        });
        const fitted = fitBank(bank, alignment, { plan, weights: { known: weights }, ...chosen });
        return [fitted.modules, fitted.contexts].map((tensor) => Array.from(tensor.dataSync()));
      };
      const expected = fit();
      await tf.setBackend("wasm");
      try {
        const found = fit();
        expected.forEach((values, i) => {
          expect(tf.tensor(found[i]!)).toBeCloseToTensor(tf.tensor(values));
        });
      } finally {
        await tf.setBackend("cpu");
      }
    },
  );

  test("fits weights that are all zero", () => {
    const weights = { net: { kernel: tf.zeros([2, 3]) } };
    const fitted = fitBank(bankOf(2), Int32Array.of(0, 1), { plan, weights });
    expect(fitted.contexts.dataSync()[0]).toBeCloseTo(Math.SQRT1_2);
    const { net } = materialize(fitted, Int32Array.of(0, 1), plan);
    expect(net!["kernel"]!).toBeCloseToTensor(weights.net.kernel, { rtol: 0, atol: 0 });
  });

  test("passes over a network whose parameters are all private", () => {
    const models = [
      { name: "net", parameters: { kernel: { shape: [2, 3], kind: dense } } },
      { name: "private", parameters: { bias: { shape: [3] } } },
    ];
    const both = planDecomposition(models, { block: [...plan.block] });
    const weights = { net: { kernel }, private: { bias: tf.ones([3]) } };
    const alignment = Int32Array.of(0, 1);
    const fitted = fitBank(bankOf(2), alignment, { plan: both, weights });
    const { net } = materialize(fitted, alignment, both);
    expect(net!["kernel"]!).toBeCloseToTensor(kernel, { rtol: 1e-6, atol: 1e-6 });
  });

  test("names what does not fit", () => {
    const weights = { net: { kernel } };
    const fit = (alignment: number[], options: object = {}, bank = bankOf(1)) =>
      fitBank(bank, Int32Array.from(alignment), { plan, weights, ...options });
    expect(() => fit([0, 0])).toThrow(
      new RangeError(
        "fitBank: every location to fit must have a hypermodule of its own; location 0, net/kernel[0] (0, 0), shares 0 with 1 more. Start from a disjoint alignment with as many hypermodules as locations.",
      ),
    );
    expect(() => fit([0])).toThrow("each of the plan's 2 locations; got 1.");
    expect(() => fit([0, 2])).toThrow("fitBank: alignment must name hypermodules 0 to 1; got 2");
    expect(() => fit([0, 1], { weights: { other: {} } })).toThrow('got "other"');
    expect(() => fit([0, 1], { weights: { net: {} } })).toThrow("missing from the weights");
    const other = { modules: tf.ones([2, 1, 3, 2]), contexts: tf.ones([2, 1]) } as Bank;
    expect(() => fit([0, 1], {}, other)).toThrow(
      "fitBank: hypermodules must have the plan's block shape [2,2]; got [3,2].",
    );
  });
});
