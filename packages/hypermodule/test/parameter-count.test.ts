import { deployedParameters, isKept, trainedParameters } from "@muir/hypermodule";
import { law } from "@muir/test-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

/** The paper's synthetic experiment and its cross-modal one with DeepBind alone. */
const synthetic = { modules: 30, locations: 30, contextSize: 1, block: [20, 1] } as const;
const crossModal = { modules: 6400, locations: 6400, contextSize: 4, block: [16, 16] } as const;

const cases = fc.record({
  sizes: fc.record({
    modules: fc.integer({ min: 1, max: 6 }),
    contextSize: fc.integer({ min: 0, max: 5 }),
    block: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
  }),
  draws: fc.array(fc.nat({ max: 59 }), { minLength: 1, maxLength: 12 }),
});
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

function alignmentOf({ sizes, draws }: Case) {
  const alignment = Int32Array.from(draws, (draw) => draw % sizes.modules);
  return { alignment, sizes: { ...sizes, locations: draws.length } };
}

describe("trainedParameters", () => {
  test("are L c + K c m n", () => {
    expect(trainedParameters(synthetic)).toBe(30 + 30 * 20);
    expect(trainedParameters(crossModal)).toBe(6400 * 4 + 6400 * 4 * 256);
    expect(trainedParameters({ ...synthetic, contextSize: 0 })).toBe(30 * 20);
  });
});

describe("deployedParameters", () => {
  test("are as many as without modules while nothing is shared", () => {
    const disjoint = Int32Array.from({ length: 6400 }, (_, l) => l);
    expect(deployedParameters(disjoint, crossModal)).toBe(6400 * 256);
  });

  test("are one module and the contexts where all is shared", () => {
    expect(deployedParameters(new Int32Array(6400), crossModal)).toBe(4 * 256 + 6400 * 4);
  });

  test("count blocks shared exactly once each", () => {
    const sizes = { ...synthetic, contextSize: 0 };
    expect(deployedParameters(Int32Array.of(0, 0, 1), { ...sizes, locations: 3 })).toBe(2 * 20);
  });

  law("are the cheaper of module and blocks, added up over the modules in use", cases, (given) => {
    const { alignment, sizes } = alignmentOf(given);
    const [m, n] = sizes.block;
    let expected = 0;
    for (const module of new Set(alignment)) {
      const uses = alignment.filter((other) => other === module).length;
      const asModule = Math.max(sizes.contextSize, 1) * m * n + uses * sizes.contextSize;
      expected += Math.min(asModule, uses * m * n);
    }
    expect(deployedParameters(alignment, sizes)).toBe(expected);
  });

  law("are never more than the original weights", cases, (given) => {
    const { alignment, sizes } = alignmentOf(given);
    const original = sizes.locations * sizes.block[0] * sizes.block[1];
    expect(deployedParameters(alignment, sizes)).toBeLessThanOrEqual(original);
  });

  test("count of plain blocks what lies within their matrix", () => {
    // 17 x 17 in blocks of 16 x 16: four blocks, 289 weights
    const sizes = { modules: 4, locations: 4, contextSize: 1, block: [16, 16] } as const;
    const entries = Int32Array.of(256, 16, 16, 1);
    expect(deployedParameters(Int32Array.of(0, 1, 2, 3), sizes, entries)).toBe(289);
    // shared by all: 256 and 4 contexts are fewer
    expect(deployedParameters(new Int32Array(4), sizes, entries)).toBe(260);
    expect(() => deployedParameters(new Int32Array(4), sizes, entries.subarray(1))).toThrow(
      new RangeError(
        "deployedParameters: entries must have a number for each of 4 locations; got 3.",
      ),
    );
  });

  law("with the entries of whole blocks are those without", cases, (given) => {
    const { alignment, sizes } = alignmentOf(given);
    const whole = new Int32Array(sizes.locations).fill(sizes.block[0] * sizes.block[1]);
    expect(deployedParameters(alignment, sizes, whole)).toBe(deployedParameters(alignment, sizes));
  });

  law("are never more than the entries", cases, (given) => {
    const { alignment, sizes } = alignmentOf(given);
    const [m, n] = sizes.block;
    const entries = alignment.map((_, l) => 1 + ((l * 7) % (m * n)));
    const original = entries.reduce((sum, kept) => sum + kept, 0);
    expect(deployedParameters(alignment, sizes, entries)).toBeLessThanOrEqual(original);
  });

  law("do not depend on the order of locations or the numbers of modules", cases, (given) => {
    const { alignment, sizes } = alignmentOf(given);
    const mirrored = alignment.map((module) => sizes.modules - 1 - module).reverse();
    expect(deployedParameters(mirrored, sizes)).toBe(deployedParameters(alignment, sizes));
  });
});

describe("isKept", () => {
  test("keeps a module that is used more often than it has contexts", () => {
    // 1024 numbers and 4 a use, against 256 a use
    expect([0, 1, 4, 5].map((uses) => isKept(uses, crossModal))).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  test("keeps nothing where a context is as large as a block", () => {
    const sizes = { modules: 2, locations: 100, contextSize: 4, block: [2, 2] } as const;
    expect(isKept(100, sizes)).toBe(false);
  });
});
