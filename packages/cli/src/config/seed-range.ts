import { UsageError } from "../usage-error.js";

const LARGEST = 0xffffffff;
const MOST = 10_000;

/**
 * The seeds of `A..B` (both included), or of a single number.
 *
 * @throws {UsageError} if it is neither, B is below A or over 4294967295, or there are more than 10000.
 * @example
 * ```ts
 * seedRange("1..3"); // [1, 2, 3]
 * ```
 */
export function seedRange(text: string): number[] {
  const match = /^(\d+)(?:\.\.(\d+))?$/.exec(text);
  const first = Number(match?.[1]);
  const last = Number(match?.[2] ?? match?.[1]);
  if (match === null || last < first) {
    throw new UsageError(`--seeds: must be A..B with A <= B, such as 1..10; got "${text}".`);
  }
  if (last > LARGEST) {
    throw new UsageError(`--seeds: must be at most ${LARGEST}; got "${text}".`);
  }
  if (last - first >= MOST) {
    throw new UsageError(`--seeds: must be at most ${MOST} seeds; got "${text}".`);
  }
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
