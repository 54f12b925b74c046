import { addScaled } from "./add-scaled";

/**
 * T[s] = sum of S[i] over all i with ids[i] = s: the adjoint of gathering rows.
 *
 * S is [count, row] and ids int32 [count]; T is [segments, row], is overwritten and overlaps neither.
 * Rows whose id is outside 0..segments-1 count nowhere.
 */
export function sumSegments(
  source: usize,
  ids: usize,
  target: usize,
  segments: u32,
  count: usize,
  row: usize,
): void {
  const rowBytes = row << 2;
  memory.fill(target, 0, (segments as usize) * rowBytes);
  for (let i: usize = 0; i < count; i++) {
    const id = load<u32>(ids + (i << 2)); // a negative one is a large one
    if (id < segments) addScaled(target + (id as usize) * rowBytes, source, row, 1);
    source += rowBytes;
  }
}
