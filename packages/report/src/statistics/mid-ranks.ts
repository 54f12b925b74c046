/** Ranks of values from small to large. */
export interface MidRanks {
  /** Twice the rank of each value, 2 for the smallest: equal values share the middle of theirs. */
  readonly doubled: Int32Array;
  /** Sum of t^3 - t over the groups of t equal values: what ties take from a variance. */
  readonly ties: number;
}

/**
 * Ranks with ties in the middle, doubled so that they are whole numbers.
 *
 * @example
 * ```ts
 * midRanks([5, 1, 5]).doubled; // [5, 2, 5]: ranks 2.5, 1, 2.5
 * ```
 */
export function midRanks(values: readonly number[]): MidRanks {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const doubled = new Int32Array(values.length);
  let ties = 0;
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let place = from; place < to; place++) doubled[order[place]!] = from + 1 + to;
    ties += (to - from) ** 3 - (to - from);
    from = to;
  }
  return { doubled, ties };
}
