/**
 * Checks the share of entries that dropout drops.
 *
 * @throws {RangeError} unless it is in [0, 1).
 */
export function requireRate(architecture: string, rate: number): void {
  if (rate >= 0 && rate < 1) return;
  throw new RangeError(`${architecture}: dropout must be at least 0 and less than 1; got ${rate}.`);
}
