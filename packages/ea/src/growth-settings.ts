import type { InitialStrategy } from "./initial-alignment.js";
import type { Sampling } from "./proposal.js";

/** A family of searches, one for each number of locations. */
export interface GrowthSetting {
  readonly name: string;
  readonly sampling: Sampling;
  /** How a run starts; `"disjoint"` or `"random"`. */
  readonly initial: Exclude<InitialStrategy, "given" | "hierarchical">;
  /** Parts D for L locations; a divisor of L. */
  readonly parts: (locations: number) => number;
  /** Values K for L locations. */
  readonly values: (locations: number) => number;
  /** Groups of locations, each with one best value: location l is best with value l mod groups. Default 1. */
  readonly groups?: number;
}

/**
 * The rows of the paper's Table 1, and each under proportional sampling: D = 1, the largest
 * divisor of L up to the square root of L, and D = L. K = L, a disjoint start, one value best
 * everywhere.
 */
export const growthSettings: readonly GrowthSetting[] = (
  ["uniform", "proportional"] as const
).flatMap((sampling) =>
  Object.entries({
    "D = 1": () => 1,
    "D = sqrt(L)": nearestRoot,
    "D = L": (locations: number) => locations,
  }).map(([decomposition, parts]) => ({
    name: `${sampling}, ${decomposition}`,
    sampling,
    initial: "disjoint",
    parts,
    values: (locations: number) => locations,
  })),
);

/** The largest divisor of `locations` that is at most its square root. */
function nearestRoot(locations: number): number {
  let divisor = Math.floor(Math.sqrt(locations));
  while (locations % divisor !== 0) divisor--;
  return divisor;
}
