/** Rows of up to this many bytes are copied number by number: a call of memory.copy costs more. */
const SHORT_ROW: usize = 32;

/** The place of the first of `count` int32 `indices` outside 0..limit-1; -1 if there is none. */
export function findOutside(indices: usize, count: i32, limit: u32): i32 {
  for (let i = 0; i < count; i++) {
    // a negative one is a large one
    if (load<u32>(indices + ((i as usize) << 2)) >= limit) return i;
  }
  return -1;
}

/**
 * T[i] = S[indices[i]] for the rows from `begin` to `end` of T; a row is `rowBytes`, a multiple of 4.
 *
 * S is [rows, row], indices is int32, none of them outside S, T is [count, row] and overlaps neither.
 */
export function gatherRows(
  source: usize,
  indices: usize,
  target: usize,
  rowBytes: usize,
  begin: usize,
  end: usize,
  _scratch: usize,
): void {
  target += begin * rowBytes;
  for (let i = begin; i < end; i++) {
    const from = source + (load<u32>(indices + (i << 2)) as usize) * rowBytes;
    if (rowBytes > SHORT_ROW) {
      memory.copy(target, from, rowBytes);
    } else {
      for (let at: usize = 0; at < rowBytes; at += 4) {
        store<i32>(target + at, load<i32>(from + at));
      }
    }
    target += rowBytes;
  }
}
