import { multiplyAdd } from "./multiply-add";

/**
 * Statistics of blocks of rows of X, [rows, channels], for the blocks from `begin` to `end`, each of
 * `blockRows` rows (the last of what is left), for every channel c:
 *
 * - means[block, c] = the mean of the block's X[., c]
 * - squares[block, c] = the sum of (X[., c] - that mean)^2
 *
 * A block is read twice while it is at hand. Deviations from a mean of its own keep the digits that
 * sums of squares would lose; the caller joins the blocks in double precision (Chan et al. 1979).
 */
export function channelMoments(
  x: usize,
  means: usize,
  squares: usize,
  rows: usize,
  channels: usize,
  blockRows: usize,
  begin: usize,
  end: usize,
  _scratch: usize,
): void {
  const rowBytes = channels << 2;
  for (let block = begin; block < end; block++) {
    const first = block * blockRows;
    const count = min<usize>(blockRows, rows - first);
    const from = x + first * rowBytes;
    const mean = means + block * rowBytes;
    const square = squares + block * rowBytes;
    let at: usize = 0;
    for (; at + 16 <= rowBytes; at += 16) {
      const average = meanOfColumns(from + at, count, rowBytes);
      v128.store(mean + at, average);
      v128.store(square + at, squaresOfColumns(from + at, count, rowBytes, average));
    }
    for (; at < rowBytes; at += 4) {
      const columnEnd = from + at + count * rowBytes;
      const start = load<f32>(from + at);
      let sum: f32 = 0;
      for (let row = from + at; row < columnEnd; row += rowBytes) sum += load<f32>(row) - start;
      const average = start + sum / (count as f32);
      let deviations: f32 = 0;
      for (let row = from + at; row < columnEnd; row += rowBytes) {
        const deviation = load<f32>(row) - average;
        deviations += deviation * deviation;
      }
      store<f32>(mean + at, average);
      store<f32>(square + at, deviations);
    }
  }
}

/**
 * Means of four columns, summed as deviations from the first row, which keeps digits where the mean is
 * far from 0; rows alternate between sums, so that no addition waits for the one before.
 */
function meanOfColumns(row: usize, count: usize, step: usize): v128 {
  const foursEnd = row + (count & ~3) * step;
  const end = row + count * step;
  const first = v128.load(row);
  let sum0 = f32x4.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  while (row < foursEnd) {
    sum0 = f32x4.add(sum0, f32x4.sub(v128.load(row), first));
    row += step;
    sum1 = f32x4.add(sum1, f32x4.sub(v128.load(row), first));
    row += step;
    sum2 = f32x4.add(sum2, f32x4.sub(v128.load(row), first));
    row += step;
    sum3 = f32x4.add(sum3, f32x4.sub(v128.load(row), first));
    row += step;
  }
  for (; row < end; row += step) sum0 = f32x4.add(sum0, f32x4.sub(v128.load(row), first));
  const sum = f32x4.add(f32x4.add(sum0, sum1), f32x4.add(sum2, sum3));
  return f32x4.add(first, f32x4.div(sum, f32x4.splat(count as f32)));
}

/** Sums of squared deviations of four columns from `average`. */
function squaresOfColumns(row: usize, count: usize, step: usize, average: v128): v128 {
  const foursEnd = row + (count & ~3) * step;
  const end = row + count * step;
  let sum0 = f32x4.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  while (row < foursEnd) {
    let deviation = f32x4.sub(v128.load(row), average);
    sum0 = multiplyAdd(deviation, deviation, sum0);
    row += step;
    deviation = f32x4.sub(v128.load(row), average);
    sum1 = multiplyAdd(deviation, deviation, sum1);
    row += step;
    deviation = f32x4.sub(v128.load(row), average);
    sum2 = multiplyAdd(deviation, deviation, sum2);
    row += step;
    deviation = f32x4.sub(v128.load(row), average);
    sum3 = multiplyAdd(deviation, deviation, sum3);
    row += step;
  }
  for (; row < end; row += step) {
    const deviation = f32x4.sub(v128.load(row), average);
    sum0 = multiplyAdd(deviation, deviation, sum0);
  }
  return f32x4.add(f32x4.add(sum0, sum1), f32x4.add(sum2, sum3));
}

/**
 * Y = X a + b for the rows from `begin` to `end` of X, [rows, channels], with a and b of every
 * channel; negative results become 0 if `relu`.
 */
export function scaleChannels(
  x: usize,
  y: usize,
  factors: usize,
  offsets: usize,
  channels: usize,
  relu: bool,
  begin: usize,
  end: usize,
  _scratch: usize,
): void {
  const rowBytes = channels << 2;
  const floor: f32 = relu ? 0 : f32.NEGATIVE_INFINITY;
  const floors = f32x4.splat(floor);
  const from = begin * rowBytes;
  const to = end * rowBytes;
  for (let row = from; row < to; row += rowBytes) {
    let at: usize = 0;
    for (; at + 16 <= rowBytes; at += 16) {
      const value = multiplyAdd(
        v128.load(x + row + at),
        v128.load(factors + at),
        v128.load(offsets + at),
      );
      v128.store(y + row + at, f32x4.max(value, floors));
    }
    for (; at < rowBytes; at += 4) {
      const value = load<f32>(x + row + at) * load<f32>(factors + at) + load<f32>(offsets + at);
      store<f32>(y + row + at, max<f32>(value, floor));
    }
  }
}
