import { UsageError } from "../usage-error.js";

const LARGEST = 0xffffffff;
const MOST = 10_000;

/**
 * The seeds of a list such as `1..3,7`: ranges `A..B`, both ends included, and single numbers, in the order
 * given.
 *
 * @throws {UsageError} if a part is neither, B is below A or over 4294967295, a seed comes twice, or there
 *   are more than 10000.
 * @example
 * ```ts
 * seedList("1..3,7"); // [1, 2, 3, 7]
 * ```
 */
export function seedList(text: string): number[] {
  const ranges = text.split(",").map((part) => rangeOf(part, text));
  const count = ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  if (count > MOST) {
    throw new UsageError(`--seeds: must be at most ${MOST} seeds; got "${text}".`);
  }
  const seeds = ranges.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, i) => first + i),
  );
  const twice = seeds.find((seed, i) => seeds.indexOf(seed) < i);
  if (twice === undefined) return seeds;
  throw new UsageError(`--seeds: must name each seed once; got ${twice} twice in "${text}".`);
}

function rangeOf(part: string, text: string): [first: number, last: number] {
  const match = /^(\d+)(?:\.\.(\d+))?$/.exec(part);
  const first = Number(match?.[1]);
  const last = Number(match?.[2] ?? match?.[1]);
  if (match === null || last < first) {
    throw new UsageError(
      `--seeds: must be seeds and ranges A..B with A <= B, such as 1..10 or 1..3,7; got "${text}".`,
    );
  }
  if (last > LARGEST) {
    throw new UsageError(`--seeds: must be at most ${LARGEST}; got "${text}".`);
  }
  return [first, last];
}
