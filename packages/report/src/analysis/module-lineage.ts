import { alignmentAfter, alignmentRows } from "../alignment-rows.js";
import type { RunRecord } from "../run-record.js";

/** One hypermodule taking another's place in one generation. */
export interface Replacement {
  readonly from: number;
  readonly to: number;
  /** Where, from small to large. */
  readonly locations: readonly number[];
}

/**
 * Which hypermodule replaced which, and at which locations, in `generation`; the most locations first.
 *
 * @param generation from 1 to the last of the record.
 * @throws {RangeError} if the record has no such generation.
 */
export function replacementsIn(record: RunRecord, generation: number): Replacement[] {
  const last = alignmentRows(record) - 1;
  if (!Number.isInteger(generation) || generation < 1 || generation > last) {
    throw new RangeError(
      `replacementsIn: generation must be a whole number from 1 to ${last}; got ${generation}.`,
    );
  }
  const before = alignmentAfter(record, generation - 1);
  const found = new Map<number, { from: number; to: number; locations: number[] }>();
  alignmentAfter(record, generation).forEach((to, location) => {
    const from = before[location]!;
    if (from === to) return;
    const pair = from * record.config.modules + to;
    const replacement = found.get(pair);
    if (replacement === undefined) found.set(pair, { from, to, locations: [location] });
    else replacement.locations.push(location);
  });
  return [...found.values()].sort((a, b) => b.locations.length - a.locations.length);
}

/** The life of one hypermodule over a run. */
export interface ModuleHistory {
  readonly module: number;
  /** Locations that used it at the start, most at any time, and at the end. */
  readonly atStart: number;
  readonly most: number;
  readonly atEnd: number;
  /** First and last generation after which some location used it; 0 is the start. */
  readonly first: number;
  readonly last: number;
  /** From which hypermodules it took locations, how often in all; most first. */
  readonly tookFrom: readonly Exchange[];
  /** To which it lost some. */
  readonly lostTo: readonly Exchange[];
}

/** How many times a location went from or to a hypermodule. */
export interface Exchange {
  readonly module: number;
  readonly times: number;
}

/**
 * The lives of all hypermodules that were ever in use: which replaced which, added up over the
 * generations. Those in use at the end first, most used first, then those that lasted longest.
 */
export function moduleHistories(record: RunRecord): ModuleHistory[] {
  const { modules } = record.config;
  const rows = alignmentRows(record);
  const [atStart, most, atEnd, first, last] = Array.from({ length: 5 }, () =>
    new Int32Array(modules).fill(0),
  ) as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];
  const exchanges = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const alignment = alignmentAfter(record, row);
    const before = row === 0 ? undefined : alignmentAfter(record, row - 1);
    atEnd.fill(0);
    for (let location = 0; location < alignment.length; location++) {
      const to = alignment[location]!;
      atEnd[to]!++;
      const from = before?.[location] ?? to;
      if (from === to) continue;
      const pair = from * modules + to;
      exchanges.set(pair, (exchanges.get(pair) ?? 0) + 1);
    }
    if (row === 0) atStart.set(atEnd);
    atEnd.forEach((uses, module) => {
      if (uses === 0) return;
      if (most[module] === 0) first[module] = row;
      most[module] = Math.max(most[module]!, uses);
      last[module] = row;
    });
  }
  const { took, lost } = byModule(exchanges, modules);
  return Array.from(most.keys())
    .filter((module) => most[module]! > 0)
    .map((module) => ({
      module,
      atStart: atStart[module]!,
      most: most[module]!,
      atEnd: atEnd[module]!,
      first: first[module]!,
      last: last[module]!,
      tookFrom: took.get(module) ?? [],
      lostTo: lost.get(module) ?? [],
    }))
    .sort((a, b) => b.atEnd - a.atEnd || b.last - a.last || a.module - b.module);
}

function byModule(exchanges: ReadonlyMap<number, number>, modules: number) {
  const took = new Map<number, Exchange[]>();
  const lost = new Map<number, Exchange[]>();
  const add = (to: Map<number, Exchange[]>, module: number, exchange: Exchange) => {
    const list = to.get(module);
    if (list === undefined) to.set(module, [exchange]);
    else list.push(exchange);
  };
  for (const [pair, times] of [...exchanges].sort((a, b) => b[1] - a[1])) {
    const [from, to] = [Math.floor(pair / modules), pair % modules];
    add(took, to, { module: from, times });
    add(lost, from, { module: to, times });
  }
  return { took, lost };
}
