import type { CandidateTerms } from "./candidate-terms.js";

/** The terms of a generator, module by module. */
export interface TermsByModule {
  /** Terms of module 0, then those of module 1, ...; each module's in their own order. */
  readonly order: Int32Array;
  /** Where the terms of each module end. */
  readonly moduleEnds: Int32Array;
  /** The location that each term belongs to. */
  readonly locationOf: Int32Array;
}

/** Sorts the terms by module (a counting sort: linear, and it keeps the order of equals). */
export function termsByModule(
  { moduleOf, ends }: CandidateTerms,
  { moduleCount }: { moduleCount: number },
): TermsByModule {
  const moduleEnds = new Int32Array(moduleCount);
  for (const module of moduleOf) moduleEnds[module]!++;
  let total = 0;
  for (let module = 0; module < moduleCount; module++) {
    total += moduleEnds[module]!;
    moduleEnds[module] = total - moduleEnds[module]!; // where they start, for now
  }
  const order = new Int32Array(moduleOf.length);
  for (let term = 0; term < moduleOf.length; term++) {
    const place = moduleEnds[moduleOf[term]!]!++;
    order[place] = term;
  }
  const locationOf = new Int32Array(moduleOf.length);
  let first = 0;
  for (let location = 0; location < ends.length; location++) {
    locationOf.fill(location, first, ends[location]!);
    first = ends[location]!;
  }
  return { order, moduleEnds, locationOf };
}
