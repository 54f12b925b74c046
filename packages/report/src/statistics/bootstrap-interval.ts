/** What {@link bootstrapInterval} can be told. */
export interface BootstrapOptions {
  /** Uniform draws from 0 to under 1, from a seed, so that an interval can be had again. */
  readonly random: () => number;
  /** 10,000 unless given. */
  readonly resamples?: number;
  /** 0.95 unless given. */
  readonly level?: number;
}

/**
 * The percentile bootstrap interval of a mean (Efron 1979): the middle `level` of the means of samples
 * drawn from `values` with replacement.
 *
 * Of few values it is too narrow: the spread of a sample's resamples is sqrt((n - 1) / n) times its
 * standard error. Read it beside a test.
 *
 * @returns NaN twice where no value is finite; those that are not are left out.
 * @throws {RangeError} if `resamples` is not a positive whole number, or `level` not between 0 and 1.
 */
export function bootstrapInterval(
  values: readonly number[],
  { random, resamples = 10_000, level = 0.95 }: BootstrapOptions,
): [low: number, high: number] {
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw new RangeError(
      `bootstrapInterval: resamples must be a positive whole number; got ${resamples}.`,
    );
  }
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`bootstrapInterval: level must be between 0 and 1; got ${level}.`);
  }
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return [Number.NaN, Number.NaN];
  const means = Float64Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let i = 0; i < finite.length; i++) sum += finite[Math.floor(random() * finite.length)]!;
    return sum / finite.length;
  }).sort();
  return [quantile(means, (1 - level) / 2), quantile(means, (1 + level) / 2)];
}

/** Between neighbours in a straight line. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  const above = sorted[Math.ceil(place)]!;
  return below + (above - below) * (place - Math.floor(place));
}
