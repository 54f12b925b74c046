import { parseAddress } from "./analysis/parse-address.js";
import type { RunConfig } from "./run-record.js";

/** Neighbouring columns of a figure that belong together. */
export interface Section {
  readonly label: string;
  /** First column. */
  readonly from: number;
  /** One past the last column. */
  readonly to: number;
}

export interface ColumnOrder {
  /** The location drawn in each column. */
  readonly locations: Int32Array;
  /** Empty where nothing is known that would divide the columns. */
  readonly sections: readonly Section[];
  /** What the sections are. */
  readonly kind: "true group" | "model" | "none";
}

/**
 * The order in which a figure shows locations: by true group where that is known, else as
 * they are, divided by model where their names tell it.
 */
export function columnOrder(config: RunConfig): ColumnOrder {
  const natural = Int32Array.from({ length: config.locations }, (_, location) => location);
  if (config.groups !== undefined) {
    const groups = config.groups;
    // Array.prototype.sort is stable: inside a group the order stays natural
    const locations = natural.toSorted((a, b) => groups[a]! - groups[b]! || a - b);
    const sections = sectionsOf(locations, (location) => String(groups[location]));
    return { locations, sections, kind: "true group" };
  }
  const names = config.locationNames;
  if (names === undefined) return { locations: natural, sections: [], kind: "none" };
  const sections = sectionsOf(natural, (location) => parseAddress(names[location]!).model);
  return { locations: natural, sections, kind: "model" };
}

function sectionsOf(locations: Int32Array, labelOf: (location: number) => string): Section[] {
  const sections: { label: string; from: number; to: number }[] = [];
  locations.forEach((location, column) => {
    const label = labelOf(location);
    const last = sections.at(-1);
    if (last?.label === label) last.to = column + 1;
    else sections.push({ label, from: column, to: column + 1 });
  });
  return sections;
}
