import { multiplyAdd } from "./multiply-add";

/**
 * Sums over blocks of rows of X and G, both [rows, channels], for the blocks from `begin` to `end`,
 * each of `blockRows` rows (the last of what is left), for every channel c:
 *
 * - sums[block, c] = the sum of the block's G[., c]
 * - products[block, c] = the sum of its G[., c] (X[., c] - means[c])
 *
 * If `relu`, only rows count where X a + b (a and b of every channel, `factors` and `offsets`) was
 * positive, worked out as {@link scaleChannels} does.
 */
export function channelGradientSums(
  x: usize,
  gradient: usize,
  means: usize,
  factors: usize,
  offsets: usize,
  sums: usize,
  products: usize,
  rows: usize,
  channels: usize,
  relu: bool,
  blockRows: usize,
  begin: usize,
  end: usize,
  _scratch: usize,
): void {
  const rowBytes = channels << 2;
  const zeros = f32x4.splat(0);
  for (let block = begin; block < end; block++) {
    const first = block * blockRows * rowBytes;
    const bytes = min<usize>(blockRows, rows - block * blockRows) * rowBytes;
    let at: usize = 0;
    for (; at + 16 <= rowBytes; at += 16) {
      const mean = v128.load(means + at);
      const factor = v128.load(factors + at);
      const offset = v128.load(offsets + at);
      let sum = zeros;
      let product = zeros;
      const columnEnd = first + at + bytes;
      for (let row = first + at; row < columnEnd; row += rowBytes) {
        const value = v128.load(x + row);
        let given = v128.load(gradient + row);
        if (relu) {
          given = v128.and(given, f32x4.gt(multiplyAdd(value, factor, offset), zeros));
        }
        sum = f32x4.add(sum, given);
        product = multiplyAdd(given, f32x4.sub(value, mean), product);
      }
      v128.store(sums + block * rowBytes + at, sum);
      v128.store(products + block * rowBytes + at, product);
    }
    for (; at < rowBytes; at += 4) {
      const mean = load<f32>(means + at);
      const factor = load<f32>(factors + at);
      const offset = load<f32>(offsets + at);
      let sum: f32 = 0;
      let product: f32 = 0;
      const columnEnd = first + at + bytes;
      for (let row = first + at; row < columnEnd; row += rowBytes) {
        const value = load<f32>(x + row);
        if (relu && !(value * factor + offset > 0)) continue;
        const given = load<f32>(gradient + row);
        sum += given;
        product += given * (value - mean);
      }
      store<f32>(sums + block * rowBytes + at, sum);
      store<f32>(products + block * rowBytes + at, product);
    }
  }
}

/**
 * D = G p + X q + r for the rows from `begin` to `end` of X, G and D, all [rows, channels], with p, q
 * and r of every channel; if `relu`, G counts only where X a + b was positive (a = p: the factor that
 * scales X scales its gradient).
 */
export function channelGradients(
  x: usize,
  gradient: usize,
  result: usize,
  factors: usize,
  offsets: usize,
  slopes: usize,
  constants: usize,
  channels: usize,
  relu: bool,
  begin: usize,
  end: usize,
  _scratch: usize,
): void {
  const rowBytes = channels << 2;
  const zeros = f32x4.splat(0);
  const to = end * rowBytes;
  for (let row = begin * rowBytes; row < to; row += rowBytes) {
    let at: usize = 0;
    for (; at + 16 <= rowBytes; at += 16) {
      const value = v128.load(x + row + at);
      const factor = v128.load(factors + at);
      let given = v128.load(gradient + row + at);
      if (relu) {
        const y = multiplyAdd(value, factor, v128.load(offsets + at));
        given = v128.and(given, f32x4.gt(y, zeros));
      }
      const rest = multiplyAdd(value, v128.load(slopes + at), v128.load(constants + at));
      v128.store(result + row + at, multiplyAdd(given, factor, rest));
    }
    for (; at < rowBytes; at += 4) {
      const value = load<f32>(x + row + at);
      const factor = load<f32>(factors + at);
      const isOn = !relu || value * factor + load<f32>(offsets + at) > 0;
      const given: f32 = isOn ? load<f32>(gradient + row + at) : 0;
      const rest = value * load<f32>(slopes + at) + load<f32>(constants + at);
      store<f32>(result + row + at, given * factor + rest);
    }
  }
}
