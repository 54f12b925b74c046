/**
 * `variance` keeps the invariant behind Eq. 7; `printed` is the formula as the paper prints it.
 * They agree for c = 1.
 */
export type InitialScale = "variance" | "printed";

/** Standard deviation of every entry of every hypermodule at the start: 1 / sqrt(c). */
export function moduleDeviation(contextSize: number): number {
  return 1 / Math.sqrt(Math.max(contextSize, 1));
}

/**
 * The size |z_i| that all entries of a context share at the start (Eq. 7).
 *
 * A generated entry is the sum of c independent normals, so its standard deviation is
 * `sqrt(c) * |z_i| * moduleDeviation(c)`. `variance` makes that equal to `blockDeviation`, the
 * deviation the layer was designed for. `printed` divides by c instead of sqrt(c), which makes
 * blocks too small by a factor sqrt(c).
 *
 * @param blockDeviation the standard deviation the block's layer was designed for; positive.
 * @param contextSize c, at least 1.
 * @throws {RangeError} if either is out of range, or `scale` is no known name.
 * @example
 * ```ts
 * contextScale(0.25, 4); // 0.25
 * contextScale(0.25, 4, "printed"); // 0.125
 * ```
 */
export function contextScale(
  blockDeviation: number,
  contextSize: number,
  scale: InitialScale = "variance",
): number {
  if (!(blockDeviation > 0 && Number.isFinite(blockDeviation))) {
    throw new RangeError(
      `contextScale: blockDeviation must be a positive number; got ${blockDeviation}.`,
    );
  }
  if (!Number.isInteger(contextSize) || contextSize < 1) {
    throw new RangeError(
      `contextScale: contextSize must be a positive integer; got ${contextSize}.`,
    );
  }
  if (scale !== "variance" && scale !== "printed") {
    throw new RangeError(`contextScale: scale must be "variance" or "printed"; got "${scale}".`);
  }
  const terms = scale === "variance" ? Math.sqrt(contextSize) : contextSize;
  return blockDeviation / (terms * moduleDeviation(contextSize));
}
