import { addScaled } from "./add-scaled";

/** Rows that are summed before their sum is added to the others', which keeps digits. */
const ROW_BLOCK: usize = 128;

/**
 * Sums of the columns of X, [rows, columns], over the rows from `begin` to `end`, into the place of that
 * part among `sums`, [parts, columns], where each part is `partRows`; {@link sumParts} then adds them up.
 * `scratch` has room for another row.
 */
export function sumColumns(
  x: usize,
  sums: usize,
  columns: usize,
  partRows: usize,
  begin: usize,
  end: usize,
  scratch: usize,
): void {
  const rowBytes = columns << 2;
  const target = sums + (begin / partRows) * rowBytes;
  memory.fill(target, 0, rowBytes);
  for (let first = begin; first < end; first += ROW_BLOCK) {
    const last = min<usize>(first + ROW_BLOCK, end);
    memory.fill(scratch, 0, rowBytes);
    for (let row = first; row < last; row++) addScaled(scratch, x + row * rowBytes, columns, 1);
    addScaled(target, scratch, columns, 1);
  }
}
