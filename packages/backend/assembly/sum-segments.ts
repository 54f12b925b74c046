import { addScaled } from "./add-scaled";

/**
 * T[s] = sum of S[i] over all i with ids[i] = s: the adjoint of gathering rows.
 *
 * S is [count, row] and ids int32 [count]; T is [segments, row] and overlaps neither. Of T the columns
 * from `begin` to `end` are overwritten. Rows whose id is outside 0..segments-1 count nowhere.
 */
export function sumSegments(
  source: usize,
  ids: usize,
  target: usize,
  segments: u32,
  count: usize,
  row: usize,
  begin: usize,
  end: usize,
  _scratch: usize,
): void {
  const rowBytes = row << 2;
  const columns = end - begin;
  source += begin << 2;
  target += begin << 2;
  if (columns === row) {
    memory.fill(target, 0, (segments as usize) * rowBytes);
  } else {
    for (let s: usize = 0; s < (segments as usize); s++) {
      memory.fill(target + s * rowBytes, 0, columns << 2);
    }
  }
  for (let i: usize = 0; i < count; i++) {
    const id = load<u32>(ids + (i << 2)); // a negative one is a large one
    if (id < segments) addScaled(target + (id as usize) * rowBytes, source, columns, 1);
    source += rowBytes;
  }
}
