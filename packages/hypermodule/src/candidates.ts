/**
 * Which hypermodules may generate each location's block during one generation.
 *
 * Locations that are not listed have one candidate, the module `alignment` gives them, and cost
 * one block to generate. A `Proposal` of `@muir/ea` is such a record.
 */
export interface Candidates {
  /** The module each location uses now, `[L]`. */
  readonly alignment: Int32Array;
  /** Locations with challengers, ascending, each once. */
  readonly locations: Int32Array;
  /** Their challengers, row-major `[locations.length, lambda]`. */
  readonly challengers: Int32Array;
  readonly lambda: number;
}

/** No location has challengers: every block comes from the module that `alignment` names. */
export function settled(alignment: Int32Array): Candidates {
  return { alignment, locations: new Int32Array(0), challengers: new Int32Array(0), lambda: 0 };
}

/**
 * Checks that candidates are consistent and name only locations and modules that exist.
 *
 * @throws {RangeError} naming the first field that does not hold.
 */
export function checkCandidates(candidates: Candidates, modules: number, caller: string): void {
  const { alignment, locations, challengers, lambda } = candidates;
  if (challengers.length !== locations.length * lambda) {
    throw new RangeError(
      `${caller}: challengers must hold ${locations.length} locations x ${lambda} numbers; got ${challengers.length}.`,
    );
  }
  checkModules(alignment, modules, "alignment", caller);
  checkModules(challengers, modules, "challengers", caller);
  for (let i = 0; i < locations.length; i++) {
    const before = i === 0 ? -1 : locations[i - 1]!;
    if (!(locations[i]! > before && locations[i]! < alignment.length)) {
      throw new RangeError(
        `${caller}: locations must ascend below ${alignment.length}; got ${locations[i]} after ${before} at index ${i}.`,
      );
    }
  }
}

function checkModules(entries: Int32Array, modules: number, field: string, caller: string): void {
  for (let i = 0; i < entries.length; i++) {
    const module = entries[i]!;
    if (module < 0 || module >= modules) {
      throw new RangeError(
        `${caller}: ${field} must name hypermodules 0 to ${modules - 1}; got ${module} at index ${i}.`,
      );
    }
  }
}
