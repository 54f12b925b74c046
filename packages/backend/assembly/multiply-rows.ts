import { multiplyAdd } from "./multiply-add";

const TILE_ROWS: usize = 4;
const TILE_COLUMNS: usize = 8;

/** Bytes of scratch memory for {@link multiplyRows}. */
export const PRODUCT_EDGE_BYTES: usize = TILE_ROWS * TILE_COLUMNS * 4;

/**
 * C = A P + S for up to 8 columns: A is [rows, depth] with `stepA` bytes from row to row, P a packed
 * panel [depth, 8], S and C [rows, columns] with `stepS` and `stepC` bytes from row to row; S may be C,
 * or with a step of 0 one row of 8 numbers. For products with few rows, where packing A would take
 * longer than it saves.
 */
export function multiplyRows(
  a: usize,
  stepA: usize,
  rows: usize,
  depth: usize,
  panel: usize,
  start: usize,
  stepS: usize,
  c: usize,
  stepC: usize,
  columns: usize,
  edge: usize,
): void {
  const stepEdge = TILE_COLUMNS << 2;
  for (let i: usize = 0; i < rows; i += TILE_ROWS) {
    const down = min<usize>(TILE_ROWS, rows - i);
    const row = a + i * stepA;
    const from = start + i * stepS;
    const tile = c + i * stepC;
    if (down === TILE_ROWS && columns === TILE_COLUMNS) {
      multiplyTile(row, stepA, down, depth, panel, from, stepS, tile, stepC);
    } else {
      for (let k: usize = 0; k < down; k++) {
        memory.copy(edge + k * stepEdge, from + k * stepS, columns << 2);
      }
      multiplyTile(row, stepA, down, depth, panel, edge, stepEdge, edge, stepEdge);
      for (let k: usize = 0; k < down; k++) {
        memory.copy(tile + k * stepC, edge + k * stepEdge, columns << 2);
      }
    }
  }
}

/** A whole tile; of fewer than 4 rows the last is read again, and what it gives is thrown away. */
function multiplyTile(
  a: usize,
  stepA: usize,
  rows: usize,
  depth: usize,
  panel: usize,
  start: usize,
  stepS: usize,
  c: usize,
  stepC: usize,
): void {
  let row0 = a;
  let row1 = a + min<usize>(1, rows - 1) * stepA;
  let row2 = a + min<usize>(2, rows - 1) * stepA;
  let row3 = a + min<usize>(3, rows - 1) * stepA;
  let c00 = v128.load(start);
  let c01 = v128.load(start, 16);
  start += stepS;
  let c10 = v128.load(start);
  let c11 = v128.load(start, 16);
  start += stepS;
  let c20 = v128.load(start);
  let c21 = v128.load(start, 16);
  start += stepS;
  let c30 = v128.load(start);
  let c31 = v128.load(start, 16);
  const end = row0 + (depth << 2);
  while (row0 < end) {
    const b0 = v128.load(panel);
    const b1 = v128.load(panel, 16);
    let entry = v128.load32_splat(row0);
    c00 = multiplyAdd(entry, b0, c00);
    c01 = multiplyAdd(entry, b1, c01);
    entry = v128.load32_splat(row1);
    c10 = multiplyAdd(entry, b0, c10);
    c11 = multiplyAdd(entry, b1, c11);
    entry = v128.load32_splat(row2);
    c20 = multiplyAdd(entry, b0, c20);
    c21 = multiplyAdd(entry, b1, c21);
    entry = v128.load32_splat(row3);
    c30 = multiplyAdd(entry, b0, c30);
    c31 = multiplyAdd(entry, b1, c31);
    row0 += 4;
    row1 += 4;
    row2 += 4;
    row3 += 4;
    panel += 32;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += stepC;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += stepC;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += stepC;
  v128.store(c, c30);
  v128.store(c, c31, 16);
}
