import type { Bank, Candidates } from "@muir/hypermodule";
import { exact } from "@muir/test-kit";
import type * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";

/** Sizes and candidates from which blocks are generated; `seed` draws the numbers. */
export interface GeneratorCase {
  readonly candidates: Candidates;
  readonly modules: number;
  readonly contextSize: number;
  readonly block: readonly [number, number];
  readonly seed: number;
}

/** From one location with one module of one number to odd sizes; none, some or all listed; c from 0. */
export const generatorCases: fc.Arbitrary<GeneratorCase> = fc
  .record({
    modules: fc.integer({ min: 1, max: 5 }),
    contextSize: fc.integer({ min: 0, max: 3 }),
    block: fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 7 })),
    lambda: fc.integer({ min: 1, max: 4 }),
    listed: fc.constantFrom("none", "some", "all"),
    // an entry a location: whether it is listed where only some are, its module, its challengers
    locations: fc.array(
      fc.record({
        mayBeListed: fc.boolean(),
        module: fc.nat({ max: 59 }),
        challengers: fc.array(fc.nat({ max: 59 }), { minLength: 4, maxLength: 4 }),
      }),
      { minLength: 1, maxLength: 7 },
    ),
    seed: fc.noShrink(fc.nat({ max: 1_000_000 })),
  })
  .map(({ modules, lambda, listed, locations, ...rest }) => {
    const chosen = locations.flatMap(({ mayBeListed, challengers }, l) =>
      listed === "all" || (listed === "some" && mayBeListed) ? [{ challengers, l }] : [],
    );
    const candidates = {
      alignment: Int32Array.from(locations, ({ module }) => module % modules),
      locations: Int32Array.from(chosen, ({ l }) => l),
      challengers: Int32Array.from(
        chosen.flatMap(({ challengers }) => challengers.slice(0, lambda).map((k) => k % modules)),
      ),
      lambda,
    };
    return { candidates, modules, ...rest };
  });

/** The tensors of a case, small integers, on the current backend. */
export function drawGenerator({ candidates, modules, contextSize, block, seed }: GeneratorCase) {
  const { alignment, locations, lambda } = candidates;
  const bank = {
    modules: exact([modules, Math.max(contextSize, 1), ...block], seed),
    contexts: exact([alignment.length, contextSize], seed + 1),
  } as Bank;
  const gradient = exact([alignment.length, ...block], seed + 2) as tf.Tensor3D;
  if (locations.length === 0) return { bank, gradient };
  const softWeights = exact([locations.length, lambda + 1], seed + 3) as tf.Tensor2D;
  return { bank, gradient, softWeights };
}
