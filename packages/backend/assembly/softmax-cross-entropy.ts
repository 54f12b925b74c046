import { exponential } from "./exponential";
import { sumLanes } from "./multiply-add";

/** Vectors whose exponentials are summed in one accumulator before that is added up. */
const BLOCK_BYTES: usize = 16 * 64;

/**
 * What the softmax cross-entropy of the rows from `begin` to `end` is made of, and its gradient:
 *
 * - sums[r] = sum_j e^(X[r,j] - m_r), where m_r is the largest X[r,j]
 * - margins[r] = X[r, labels[r]] - m_r, so the row's loss is ln sums[r] - margins[r]
 * - G[r,j] = scale (e^(X[r,j] - m_r) / sums[r] - [j = labels[r]]), unless `gradient` is 0
 *
 * X and G are [rows, classes], labels int32 [rows] within the classes, sums and margins [rows]. A row
 * is read from memory once and stays at hand from then on.
 */
export function softmaxCrossEntropy(
  logits: usize,
  labels: usize,
  sums: usize,
  margins: usize,
  gradient: usize,
  classes: usize,
  scale: f32,
  begin: usize,
  end: usize,
  _scratch: usize,
): void {
  const rowBytes = classes << 2;
  for (let r = begin; r < end; r++) {
    const row = logits + r * rowBytes;
    const label = row + (load<u32>(labels + (r << 2)) << 2);
    const largest = maximum(row, classes);
    const target: usize = gradient === 0 ? 0 : gradient + r * rowBytes;
    const sum = exponentials(row, target, classes, largest);
    store<f32>(sums + (r << 2), sum);
    store<f32>(margins + (r << 2), load<f32>(label) - largest);
    if (target !== 0) {
      scaleRow(target, classes, scale / sum);
      const at = target + (label - row);
      store<f32>(at, load<f32>(at) - scale);
    }
  }
}

function maximum(row: usize, count: usize): f32 {
  const end = row + (count << 2);
  const vectorEnd = row + ((count & ~3) << 2);
  let lanes = f32x4.splat(f32.NEGATIVE_INFINITY);
  for (; row < vectorEnd; row += 16) lanes = f32x4.max(lanes, v128.load(row));
  const pairs = f32x4.max(lanes, i32x4.shuffle(lanes, lanes, 2, 3, 0, 1));
  let largest = max<f32>(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
  for (; row < end; row += 4) largest = max<f32>(largest, load<f32>(row));
  return largest;
}

/** e^(x - largest) of a row, written to `target` unless that is 0; returns their sum. */
function exponentials(row: usize, target: usize, count: usize, largest: f32): f32 {
  const shift = f32x4.splat(largest);
  const end = row + (count << 2);
  const vectorEnd = row + ((count & ~3) << 2);
  let sum: f32 = 0;
  while (row < vectorEnd) {
    const blockEnd = min<usize>(row + BLOCK_BYTES, vectorEnd);
    let lanes = f32x4.splat(0);
    for (; row < blockEnd; row += 16) {
      const power = exponential(f32x4.sub(v128.load(row), shift));
      lanes = f32x4.add(lanes, power);
      if (target !== 0) {
        v128.store(target, power);
        target += 16;
      }
    }
    sum += sumLanes(lanes);
  }
  for (; row < end; row += 4) {
    const power = f32x4.extract_lane(exponential(f32x4.splat(load<f32>(row) - largest)), 0);
    sum += power;
    if (target !== 0) {
      store<f32>(target, power);
      target += 4;
    }
  }
  return sum;
}

function scaleRow(row: usize, count: usize, scale: f32): void {
  const scales = f32x4.splat(scale);
  const end = row + (count << 2);
  const vectorEnd = row + ((count & ~3) << 2);
  for (; row < vectorEnd; row += 16) v128.store(row, f32x4.mul(v128.load(row), scales));
  for (; row < end; row += 4) store<f32>(row, load<f32>(row) * scale);
}
