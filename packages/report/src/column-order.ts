import { alignmentAfter, alignmentRows } from "./alignment-rows.js";
import { parseAddress } from "./analysis/parse-address.js";
import { moduleColours } from "./module-colours.js";
import type { RunRecord } from "./run-record.js";

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

/** Of more locations neighbours in a network are too near each other to see. */
const MOST_AS_THEY_ARE = 200;

/**
 * The order in which a figure shows locations: by true group where that is known, else by model
 * where their names tell it. Within a model they stand as they are, or, where there are more than
 * 200 in all, by the hypermodule they end with, most used first: so what came together is
 * together.
 */
export function columnOrder(record: RunRecord): ColumnOrder {
  const { config } = record;
  const natural = Int32Array.from({ length: config.locations }, (_, location) => location);
  if (config.groups !== undefined) {
    const groups = config.groups;
    // Array.prototype.sort is stable: inside a group the order stays natural
    const locations = natural.toSorted((a, b) => groups[a]! - groups[b]! || a - b);
    const sections = sectionsOf(locations, (location) => String(groups[location]));
    return { locations, sections, kind: "true group" };
  }
  const models = config.locationNames?.map((name) => parseAddress(name).model);
  const locations = ordersByModule(record) ? byModule(record, natural, models) : natural;
  if (models === undefined) return { locations, sections: [], kind: "none" };
  const sections = sectionsOf(locations, (location) => models[location]!);
  return { locations, sections, kind: "model" };
}

/** Whether locations stand by the hypermodule they end with. */
export function ordersByModule({ config }: RunRecord): boolean {
  return config.groups === undefined && config.locations > MOST_AS_THEY_ARE;
}

function byModule(
  record: RunRecord,
  natural: Int32Array,
  models: readonly string[] | undefined,
): Int32Array {
  const last = alignmentAfter(record, alignmentRows(record) - 1);
  const rank = new Int32Array(record.config.modules);
  moduleColours(record).survivors.forEach((module, place) => {
    rank[module] = place;
  });
  const names = [...new Set(models)];
  const place = new Map(names.map((name, i) => [name, i]));
  const modelOf = (location: number) => (models ? place.get(models[location]!)! : 0);
  return natural.toSorted(
    (a, b) => modelOf(a) - modelOf(b) || rank[last[a]!]! - rank[last[b]!]! || a - b,
  );
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
