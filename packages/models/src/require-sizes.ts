/**
 * Checks that options are positive integers.
 *
 * @throws {RangeError} naming the architecture and the option.
 */
export function requireSizes(
  architecture: string,
  options: Readonly<Record<string, number>>,
): void {
  for (const [option, value] of Object.entries(options)) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`${architecture}: ${option} must be a positive integer; got ${value}.`);
    }
  }
}
