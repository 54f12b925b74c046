import type { RunRecord } from "./run-record.js";

/** How many alignments the record holds: one before the first generation, one after each. */
export function alignmentRows({ config, alignments }: RunRecord): number {
  return config.locations === 0 ? 0 : alignments.length / config.locations;
}

/** The alignment after `generation`; 0 is the one the run started with. Shares the record's memory. */
export function alignmentAfter({ config, alignments }: RunRecord, generation: number): Int32Array {
  return alignments.subarray(generation * config.locations, (generation + 1) * config.locations);
}

/** The last generation that changed any location's hypermodule; 0 if none did. */
export function lastChange(record: RunRecord): number {
  const { alignments } = record;
  const { locations } = record.config;
  for (let i = alignments.length - 1; i >= locations; i--) {
    if (alignments[i] !== alignments[i - locations]) return Math.floor(i / locations);
  }
  return 0;
}

/** Hypermodules in use after each generation, the start included. */
export function modulesInUse(record: RunRecord): number[] {
  const seenInRow = new Int32Array(record.config.modules).fill(-1);
  return Array.from({ length: alignmentRows(record) }, (_, row) => {
    let count = 0;
    for (const module of alignmentAfter(record, row)) {
      if (seenInRow[module] === row) continue;
      seenInRow[module] = row;
      count++;
    }
    return count;
  });
}
