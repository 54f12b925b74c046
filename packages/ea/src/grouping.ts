/**
 * Share of the pairs of locations that are rightly together or rightly apart (the Rand index): 1
 * when the alignment groups the locations exactly as `groups` does, whatever the modules' numbers.
 *
 * Counts pairs through the sizes of the groups and of their overlaps, so it takes time linear in L.
 *
 * @param alignment the module of each location, `[L]`.
 * @param groups the true group of each location, `[L]`; any numbers as labels.
 * @returns from 0 to 1.
 * @throws {RangeError} if the lengths differ or there are fewer than two locations.
 * @example
 * ```ts
 * groupingAccuracy([7, 7, 3], [0, 0, 1]); // 1
 * groupingAccuracy([7, 7, 7], [0, 0, 1]); // 0.3333333333333333: one pair of three
 * ```
 */
export function groupingAccuracy(alignment: ArrayLike<number>, groups: ArrayLike<number>): number {
  checkLengths("groupingAccuracy", alignment, groups);
  const { moduleSizes, groupSizes, overlaps } = sizes(alignment, groups);
  const all = pairs(alignment.length);
  // together in one of the two but not in both: the pairs that are wrong
  const wrong = sumOfPairs(moduleSizes) + sumOfPairs(groupSizes) - 2 * sumOfPairs(overlaps);
  return (all - wrong) / all;
}

/**
 * Whether two labellings put the same locations together, whatever the labels are.
 *
 * @throws {RangeError} if the lengths differ.
 * @example
 * ```ts
 * sameGrouping([7, 7, 3], [0, 0, 1]); // true
 * ```
 */
export function sameGrouping(alignment: ArrayLike<number>, groups: ArrayLike<number>): boolean {
  if (alignment.length !== groups.length) throw unequal("sameGrouping", alignment, groups);
  const { moduleSizes, groupSizes, overlaps } = sizes(alignment, groups);
  return overlaps.size === moduleSizes.size && overlaps.size === groupSizes.size;
}

/** How many locations each module, each group and each meeting of the two holds, by dense ids. */
function sizes(alignment: ArrayLike<number>, groups: ArrayLike<number>) {
  const module = dense(alignment);
  const group = dense(groups);
  const overlaps = new Map<number, number>();
  for (let location = 0; location < module.ids.length; location++) {
    const meeting = module.ids[location]! * group.sizes.size + group.ids[location]!; // below L^2
    overlaps.set(meeting, (overlaps.get(meeting) ?? 0) + 1);
  }
  return { moduleSizes: module.sizes, groupSizes: group.sizes, overlaps };
}

/** Labels renumbered 0, 1, ... in order of appearance, and how often each occurs. */
function dense(labels: ArrayLike<number>): { ids: Int32Array; sizes: Map<number, number> } {
  const idOf = new Map<number, number>();
  const sizes = new Map<number, number>();
  const ids = new Int32Array(labels.length);
  for (let location = 0; location < labels.length; location++) {
    const label = labels[location]!;
    const id = idOf.get(label) ?? idOf.size;
    idOf.set(label, id);
    sizes.set(id, (sizes.get(id) ?? 0) + 1);
    ids[location] = id;
  }
  return { ids, sizes };
}

const pairs = (count: number): number => (count * (count - 1)) / 2;

function sumOfPairs(sizes: Map<number, number>): number {
  let sum = 0;
  for (const size of sizes.values()) sum += pairs(size);
  return sum;
}

function checkLengths(caller: string, a: ArrayLike<number>, b: ArrayLike<number>): void {
  if (a.length !== b.length) throw unequal(caller, a, b);
  if (a.length < 2) {
    throw new RangeError(`${caller}: pairs need at least two locations; got ${a.length}.`);
  }
}

function unequal(caller: string, a: ArrayLike<number>, b: ArrayLike<number>): RangeError {
  return new RangeError(
    `${caller}: alignment and groups must have one entry per location; got ${a.length} and ${b.length}.`,
  );
}
