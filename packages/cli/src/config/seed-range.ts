import { UsageError } from "../usage-error.js";

/**
 * The seeds of `A..B` (both included), or of a single number.
 *
 * @throws {UsageError} if it is neither, or B is below A.
 */
export function seedRange(text: string): number[] {
  const match = /^(\d+)(?:\.\.(\d+))?$/.exec(text);
  const first = Number(match?.[1]);
  const last = Number(match?.[2] ?? match?.[1]);
  if (match === null || last < first || last > 0xffffffff) {
    throw new UsageError(`--seeds: must be A..B with A <= B, such as 1..10; got "${text}".`);
  }
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
