import type { Proposal, ProposeOptions } from "@muir/ea";
import { randomSeeds } from "@muir/test-kit";
import fc from "fast-check";

/** An alignment of 2 to `maxLocations` locations, with the number of modules it draws from. */
export const alignments = ({ maxLocations = 12 } = {}) =>
  fc
    .record({
      modules: fc.integer({ min: 1, max: 8 }),
      draws: fc.array(fc.nat({ max: 839 }), { minLength: 2, maxLength: maxLocations }), // 840 = lcm(1..8)
    })
    .map(({ modules, draws }) => ({
      modules,
      alignment: Int32Array.from(draws, (draw) => draw % modules),
    }));

/** An alignment, settings to propose with, and a seed. */
export const searches = () =>
  fc
    .record({
      start: alignments(),
      lambda: fc.integer({ min: 1, max: 4 }),
      percent: fc.integer({ min: 1, max: 100 }),
      sampling: fc.constantFrom("proportional" as const, "uniform" as const),
      reviveProbability: fc.constantFrom(0, 0.5, 1),
      seed: randomSeeds(),
    })
    .map(({ start: { alignment, modules }, percent, seed, ...settings }) => ({
      alignment,
      options: { modules, fraction: percent / 100, ...settings } satisfies ProposeOptions,
      seed,
    }));

/** The candidates of the listed location number `row`: the incumbent, then its challengers. */
export function candidatesOf(proposal: Proposal, row: number): number[] {
  const { alignment, locations, challengers, lambda } = proposal;
  const first = row * lambda;
  return [alignment[locations[row]!]!, ...challengers.subarray(first, first + lambda)];
}
