import { addScaled } from "./add-scaled";

/**
 * T = sum over the `parts` of S, [parts, count], for the numbers from `begin` to `end` of T, [count],
 * in the order of the parts. T overlaps no S.
 */
export function sumParts(
  source: usize,
  target: usize,
  parts: usize,
  count: usize,
  begin: usize,
  end: usize,
  _scratch: usize,
): void {
  const bytes = (end - begin) << 2;
  target += begin << 2;
  source += begin << 2;
  memory.fill(target, 0, bytes);
  for (let part: usize = 0; part < parts; part++) {
    addScaled(target, source, end - begin, 1);
    source += count << 2;
  }
}
