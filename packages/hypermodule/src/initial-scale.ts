/**
 * `variance` keeps the invariant behind Eq. 7; `printed` is the formula as the paper prints it.
 * They agree for c = 1.
 */
export type InitialScale = "variance" | "printed";

/** Standard deviation of every entry of every hypermodule at the start, unless one chooses: 1 / sqrt(c). */
export function moduleDeviation(contextSize: number): number {
  return 1 / Math.sqrt(Math.max(contextSize, 1));
}

/** How {@link contextScale} splits a block's scale between hypermodule and context. */
export interface ContextScaleOptions {
  readonly scale?: InitialScale;
  /** Standard deviation sigma_H of every entry of every hypermodule; {@link moduleDeviation} unless given. */
  readonly moduleDeviation?: number;
}

/**
 * The size |z_i| that all entries of a context share at the start (Eq. 7).
 *
 * A generated entry is the sum of c independent normals, so its standard deviation is
 * `sqrt(c) * |z_i| * sigma_H`. `variance` makes that equal to `blockDeviation`, the
 * deviation the layer was designed for. `printed` divides by c instead of sqrt(c), which makes
 * blocks too small by a factor sqrt(c).
 *
 * Any sigma_H keeps that deviation, and decides how fast modules learn: an optimizer whose steps do not
 * depend on the size of gradients, such as Adam, moves a block by a module's step times |z_i|. The smaller
 * sigma_H, the larger contexts, and the faster modules.
 *
 * @param blockDeviation the standard deviation the block's layer was designed for; positive.
 * @param contextSize c, at least 1.
 * @throws {RangeError} if a number is out of range, or `scale` is no known name.
 * @example
 * ```ts
 * contextScale(0.25, 4); // 0.25
 * contextScale(0.25, 4, { scale: "printed" }); // 0.125
 * contextScale(0.25, 4, { moduleDeviation: 0.25 }); // 0.5
 * ```
 */
export function contextScale(
  blockDeviation: number,
  contextSize: number,
  {
    scale = "variance",
    moduleDeviation: spread = moduleDeviation(contextSize),
  }: ContextScaleOptions = {},
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
  checkModuleDeviation(spread, "contextScale");
  checkScale(scale, "contextScale");
  const terms = scale === "variance" ? Math.sqrt(contextSize) : contextSize;
  return blockDeviation / (terms * spread);
}

/** Checks the name of an initial scale. */
export function checkScale(scale: InitialScale, caller: string): void {
  if (scale === "variance" || scale === "printed") return;
  throw new RangeError(`${caller}: scale must be "variance" or "printed"; got "${scale}".`);
}

/** Checks a standard deviation of hypermodules' entries. */
export function checkModuleDeviation(deviation: number, caller: string): void {
  if (deviation > 0 && Number.isFinite(deviation)) return;
  throw new RangeError(`${caller}: moduleDeviation must be a positive number; got ${deviation}.`);
}
