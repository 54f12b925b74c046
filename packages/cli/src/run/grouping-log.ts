import { groupingAccuracy } from "@muir/ea";

/** Follows how well an alignment groups tasks as the data does. */
export interface GroupingLog {
  add(generation: number, alignment: Int32Array): void;
  /** Of the last alignment; null where groups are unknown or nothing is shared. */
  accuracy(): number | null;
  /** First generation from which the grouping stayed right; null if it is not right now. */
  convergedAt(): number | null;
}

/** @param groups the true group of each location, or null where nobody knows. */
export function createGroupingLog(groups: Int32Array | null): GroupingLog {
  let accuracy: number | null = null;
  let since: number | null = null;
  return {
    add(generation, alignment) {
      if (groups === null || alignment.length === 0) return;
      accuracy = groupingAccuracy(alignment, groups);
      since = accuracy === 1 ? (since ?? generation) : null;
    },
    accuracy: () => accuracy,
    convergedAt: () => since,
  };
}
