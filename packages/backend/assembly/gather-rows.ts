/** Rows of up to this many bytes are copied number by number: a call of memory.copy costs more. */
const SHORT_ROW: usize = 32;

/**
 * T[i] = S[indices[i]] for rows of `rowBytes`, a multiple of 4.
 *
 * S is [sourceRows, row], indices is int32 [count], T is [count, row] and overlaps neither.
 *
 * @returns the place of the first index outside 0..sourceRows-1, where it stops; -1 if there is none.
 */
export function gatherRows(
  source: usize,
  indices: usize,
  target: usize,
  sourceRows: u32,
  count: i32,
  rowBytes: usize,
): i32 {
  for (let i = 0; i < count; i++) {
    const index = load<u32>(indices + ((i as usize) << 2)); // a negative one is a large one
    if (index >= sourceRows) return i;
    const from = source + (index as usize) * rowBytes;
    if (rowBytes > SHORT_ROW) {
      memory.copy(target, from, rowBytes);
    } else {
      for (let at: usize = 0; at < rowBytes; at += 4) {
        store<i32>(target + at, load<i32>(from + at));
      }
    }
    target += rowBytes;
  }
  return -1;
}
