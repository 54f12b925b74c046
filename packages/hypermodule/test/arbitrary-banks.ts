import type { Adapters, Bank, Candidates } from "@muir/hypermodule";
import { exact } from "@muir/test-kit";
import type * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";

/** Sizes and candidates of a bank; `seed` draws its numbers. */
export interface BankCase {
  readonly candidates: Candidates;
  readonly modules: number;
  readonly contextSize: number;
  readonly block: [number, number];
  readonly seed: number;
}

/** Banks of every shape: c from 0, some locations with challengers, possibly none or all. */
export const bankCases: fc.Arbitrary<BankCase> = fc
  .record({
    modules: fc.integer({ min: 1, max: 5 }),
    contextSize: fc.integer({ min: 0, max: 3 }),
    rows: fc.integer({ min: 1, max: 3 }),
    columns: fc.integer({ min: 1, max: 3 }),
    lambda: fc.integer({ min: 1, max: 4 }),
    // one entry a location: whether it is listed, and draws for its incumbent and challengers
    locations: fc.array(
      fc.record({
        listed: fc.boolean(),
        draws: fc.array(fc.nat({ max: 59 }), { minLength: 5, maxLength: 5 }),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    seed: fc.noShrink(fc.nat({ max: 1_000_000 })),
  })
  .map(({ modules, contextSize, rows, columns, lambda, locations, seed }) => {
    const listed = locations.flatMap((location, l) =>
      location.listed ? [{ ...location, l }] : [],
    );
    const candidates = {
      alignment: Int32Array.from(locations, ({ draws }) => draws[0]! % modules),
      locations: Int32Array.from(listed, ({ l }) => l),
      challengers: Int32Array.from(
        listed.flatMap(({ draws }) => draws.slice(1, 1 + lambda).map((draw) => draw % modules)),
      ),
      lambda,
    };
    return { candidates, modules, contextSize, block: [rows, columns], seed };
  });

/** Small integers: float32 sums and products of them are exact. */
export function drawBank({ candidates, modules, contextSize, block, seed }: BankCase): Bank {
  return {
    modules: exact([modules, Math.max(contextSize, 1), ...block], seed + 1) as tf.Tensor4D,
    contexts: exact([candidates.alignment.length, contextSize], seed + 2) as tf.Tensor2D,
  };
}

/** Soft weights for the locations that have challengers; undefined when none has. */
export function drawSoftWeights({ candidates, seed }: BankCase): tf.Tensor2D | undefined {
  const { locations, lambda } = candidates;
  if (locations.length === 0) return undefined;
  return exact([locations.length, lambda + 1], seed + 3) as tf.Tensor2D;
}

/** A bank whose locations have adapters of rank 1 up to the smaller side of a block. */
export const adaptedCases: fc.Arbitrary<BankCase & { readonly rank: number }> = fc
  .tuple(bankCases, fc.nat({ max: 59 }))
  .map(([given, draw]) => ({ ...given, rank: 1 + (draw % Math.min(...given.block)) }));

/** {@link drawBank} with adapters of small integers. */
export function drawAdapted(given: BankCase & { readonly rank: number }): Bank & Adapters {
  const [locations, [rows, columns]] = [given.candidates.alignment.length, given.block];
  return {
    ...drawBank(given),
    adapterIn: exact([locations, rows, given.rank], given.seed + 7) as tf.Tensor3D,
    adapterOut: exact([locations, given.rank, columns], given.seed + 8) as tf.Tensor3D,
  };
}
