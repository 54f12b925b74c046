/**
 * Packing: a matrix operand is copied into panels of `width` (4 or 8) rows or columns, each laid out
 * as [depth][width], so that the innermost loop of a product reads both operands from front to back.
 * Nothing is read beyond the edge of the matrix; what a panel has there is zero.
 */

/**
 * Packs `count` vectors of `depth` numbers that lie side by side: entry (p, j) of the source is at
 * `source + p * step + 4 * j`.
 */
export function packAlong(
  source: usize,
  step: usize,
  count: usize,
  depth: usize,
  width: usize,
  target: usize,
): void {
  const panelBytes = (depth * width) << 2;
  for (let j: usize = 0; j < count; j += width) {
    const here = min<usize>(width, count - j);
    let from = source + (j << 2);
    let to = target;
    for (let p: usize = 0; p < depth; p++) {
      if (here === width) {
        v128.store(to, v128.load(from));
        if (width === 8) v128.store(to, v128.load(from, 16), 16);
      } else {
        for (let lane: usize = 0; lane < width; lane++) {
          store<f32>(to + (lane << 2), lane < here ? load<f32>(from + (lane << 2)) : 0);
        }
      }
      from += step;
      to += width << 2;
    }
    target += panelBytes;
  }
}

/**
 * Packs `count` vectors of `depth` numbers that lie one behind the other: entry (p, j) of the source
 * is at `source + 4 * p + j * step`.
 */
export function packAcross(
  source: usize,
  step: usize,
  count: usize,
  depth: usize,
  width: usize,
  target: usize,
): void {
  const panelBytes = (depth * width) << 2;
  for (let j: usize = 0; j < count; j += width) {
    for (let lane: usize = 0; lane < width; lane += 4) {
      const first = j + lane;
      const here = first < count ? min<usize>(4, count - first) : 0;
      packFourAcross(source + first * step, step, here, depth, width << 2, target + (lane << 2));
    }
    target += panelBytes;
  }
}

function packFourAcross(
  source: usize,
  step: usize,
  here: usize,
  depth: usize,
  targetStep: usize,
  target: usize,
): void {
  let p: usize = 0;
  if (here === 4) {
    for (; p + 4 <= depth; p += 4) {
      transposeFour(source + (p << 2), step, target + p * targetStep, targetStep);
    }
  }
  for (; p < depth; p++) {
    for (let lane: usize = 0; lane < 4; lane++) {
      const value: f32 = lane < here ? load<f32>(source + lane * step + (p << 2)) : 0;
      store<f32>(target + p * targetStep + (lane << 2), value);
    }
  }
}

/** A 4 x 4 transpose in registers: pairs of rows are interleaved, then pairs of pairs. */
function transposeFour(source: usize, step: usize, target: usize, targetStep: usize): void {
  const row0 = v128.load(source);
  const row1 = v128.load(source + step);
  const row2 = v128.load(source + 2 * step);
  const row3 = v128.load(source + 3 * step);
  const low01 = i32x4.shuffle(row0, row1, 0, 4, 1, 5);
  const high01 = i32x4.shuffle(row0, row1, 2, 6, 3, 7);
  const low23 = i32x4.shuffle(row2, row3, 0, 4, 1, 5);
  const high23 = i32x4.shuffle(row2, row3, 2, 6, 3, 7);
  v128.store(target, i64x2.shuffle(low01, low23, 0, 2));
  v128.store(target + targetStep, i64x2.shuffle(low01, low23, 1, 3));
  v128.store(target + 2 * targetStep, i64x2.shuffle(high01, high23, 0, 2));
  v128.store(target + 3 * targetStep, i64x2.shuffle(high01, high23, 1, 3));
}
