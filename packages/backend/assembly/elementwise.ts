/**
 * Kernels on numbers one by one, for those from `begin` to `end`. Results overlap no input unless they
 * are it.
 */

/** Y = A + B. */
export function addNumbers(
  a: usize,
  b: usize,
  y: usize,
  begin: usize,
  end: usize,
  _scratch: usize,
): void {
  let at = begin << 2;
  const vectorEnd = (begin + ((end - begin) & ~3)) << 2;
  for (; at < vectorEnd; at += 16) {
    v128.store(y + at, f32x4.add(v128.load(a + at), v128.load(b + at)));
  }
  for (; at < end << 2; at += 4) store<f32>(y + at, load<f32>(a + at) + load<f32>(b + at));
}

/**
 * Y[i, j] = X[i, j] + B[j]: the rows from `begin` to `end` of X, [rows, columns], and a row B that all of them
 * take.
 */
export function addRow(
  x: usize,
  row: usize,
  y: usize,
  columns: usize,
  begin: usize,
  end: usize,
  _scratch: usize,
): void {
  const rowBytes = columns << 2;
  const vectorEnd = (columns & ~3) << 2;
  for (let start = begin * rowBytes; start < end * rowBytes; start += rowBytes) {
    let at: usize = 0;
    for (; at < vectorEnd; at += 16) {
      v128.store(y + start + at, f32x4.add(v128.load(x + start + at), v128.load(row + at)));
    }
    for (; at < rowBytes; at += 4) {
      store<f32>(y + start + at, load<f32>(x + start + at) + load<f32>(row + at));
    }
  }
}

/** Y = max(X, 0). */
export function relu(x: usize, y: usize, begin: usize, end: usize, _scratch: usize): void {
  const zeros = f32x4.splat(0);
  let at = begin << 2;
  const vectorEnd = (begin + ((end - begin) & ~3)) << 2;
  for (; at < vectorEnd; at += 16) v128.store(y + at, f32x4.max(v128.load(x + at), zeros));
  for (; at < end << 2; at += 4) store<f32>(y + at, max<f32>(load<f32>(x + at), 0));
}
