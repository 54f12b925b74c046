/** Batch normalization of every channel as one factor and one offset: y = factor x + offset. */
export interface ChannelScaling {
  readonly factors: Float32Array;
  readonly offsets: Float32Array;
}

/** What a channel's statistics and parameters come to; each list is `[channels]`. */
export function channelScaling(
  given: Readonly<Record<"scale" | "offset" | "mean" | "variance", Float32Array>>,
  { epsilon }: { epsilon: number },
): ChannelScaling {
  const { scale, offset, mean, variance } = given;
  const factors = scale.map((factor, c) => factor / Math.sqrt(variance[c]! + epsilon));
  const offsets = offset.map((constant, c) => constant - mean[c]! * factors[c]!);
  return { factors, offsets };
}

/** Statistics of blocks of rows: `[blocks, channels]`, one behind the other. */
export interface BlockMoments {
  readonly means: Float32Array;
  /** Sums of squared deviations from the block's own mean. */
  readonly squares: Float32Array;
  readonly rows: number;
  readonly blockRows: number;
}

/**
 * Mean and biased variance of each channel, joined from those of blocks in double precision
 * (Chan, Golub & LeVeque 1979).
 */
export function joinMoments(
  { means, squares, rows, blockRows }: BlockMoments,
  { mean, variance }: { mean: Float32Array; variance: Float32Array },
): void {
  const channels = mean.length;
  for (let c = 0; c < channels; c++) {
    let count = 0;
    let joined = 0;
    let deviations = 0;
    for (let at = c; at < means.length; at += channels) {
      const more = Math.min(blockRows, rows - count);
      const apart = means[at]! - joined;
      deviations += squares[at]! + (apart * apart * count * more) / (count + more);
      count += more;
      joined += (apart * more) / count;
    }
    mean[c] = joined;
    variance[c] = deviations / rows;
  }
}

/** Sums of each column of `[blocks, channels]`, in double precision. */
export function sumBlocks(values: Float32Array, channels: number): Float64Array {
  const sums = new Float64Array(channels);
  for (let at = 0; at < values.length; at++) sums[at % channels]! += values[at]!;
  return sums;
}
