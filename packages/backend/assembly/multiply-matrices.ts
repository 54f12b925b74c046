import { multiplyAdd } from "./multiply-add";
import { packAcross, packAlong } from "./pack-panels";

/** Rows and columns of the tile of C that is held in registers: 8 accumulators of 4 lanes. */
const TILE_ROWS: usize = 4;
const TILE_COLUMNS: usize = 8;
/** Terms that are summed in registers before they are added to C. A panel of B then fits in L1. */
const DEPTH_BLOCK: usize = 256;
/** Rows of A packed at a time: 128 KiB, which stay in L2. */
const ROW_BLOCK: usize = 128;
/** Columns of B packed at a time: 1 MiB. */
const COLUMN_BLOCK: usize = 1024;

const EDGE_BYTES: usize = TILE_ROWS * TILE_COLUMNS * 4;

/** Bytes of scratch memory that {@link multiplyMatrices} needs for a product of these sizes. */
export function multiplyMatricesScratch(rows: usize, columns: usize, depth: usize): usize {
  const terms = min<usize>(depth, DEPTH_BLOCK);
  const a = terms * min<usize>(roundUp(rows, TILE_ROWS), ROW_BLOCK);
  const b = terms * min<usize>(roundUp(columns, TILE_COLUMNS), COLUMN_BLOCK);
  return ((a + b) << 2) + EDGE_BYTES;
}

/**
 * C = op(A) op(B), C[i,j] = sum_p op(A)[i,p] op(B)[p,j], where op transposes if asked to.
 *
 * A is [rows, depth] (or [depth, rows] if `transposeA`), B is [depth, columns] (or
 * [columns, depth]), C is [rows, columns]; all row-major float32. C is overwritten and overlaps
 * neither A nor B. Nothing is kept between calls: operands are packed anew each time, so a changed
 * operand can never be multiplied by its old numbers.
 */
export function multiplyMatrices(
  a: usize,
  b: usize,
  c: usize,
  rows: usize,
  columns: usize,
  depth: usize,
  transposeA: bool,
  transposeB: bool,
  scratch: usize,
): void {
  if (depth === 0) {
    memory.fill(c, 0, (rows * columns) << 2);
    return;
  }
  const edge = scratch;
  const packedA = scratch + EDGE_BYTES;
  const terms = min<usize>(depth, DEPTH_BLOCK);
  const packedB = packedA + ((terms * min<usize>(roundUp(rows, TILE_ROWS), ROW_BLOCK)) << 2);
  const stepA = (transposeA ? rows : depth) << 2;
  const stepB = (transposeB ? depth : columns) << 2;
  const stepC = columns << 2;
  for (let j: usize = 0; j < columns; j += COLUMN_BLOCK) {
    const width = min<usize>(COLUMN_BLOCK, columns - j);
    for (let p: usize = 0; p < depth; p += DEPTH_BLOCK) {
      const length = min<usize>(DEPTH_BLOCK, depth - p);
      if (transposeB) {
        packAcross(b + j * stepB + (p << 2), stepB, width, length, TILE_COLUMNS, packedB);
      } else {
        packAlong(b + p * stepB + (j << 2), stepB, width, length, TILE_COLUMNS, packedB);
      }
      for (let i: usize = 0; i < rows; i += ROW_BLOCK) {
        const height = min<usize>(ROW_BLOCK, rows - i);
        if (transposeA) {
          packAlong(a + p * stepA + (i << 2), stepA, height, length, TILE_ROWS, packedA);
        } else {
          packAcross(a + i * stepA + (p << 2), stepA, height, length, TILE_ROWS, packedA);
        }
        const corner = c + i * stepC + (j << 2);
        multiplyPanels(packedA, packedB, corner, height, width, length, stepC, p > 0, edge);
      }
    }
  }
}

/** Multiplies packed blocks of A and B into a block of C, or adds their product to it. */
function multiplyPanels(
  packedA: usize,
  packedB: usize,
  c: usize,
  height: usize,
  width: usize,
  length: usize,
  stepC: usize,
  add: bool,
  edge: usize,
): void {
  for (let j: usize = 0; j < width; j += TILE_COLUMNS) {
    const panelB = packedB + ((j * length) << 2);
    const across = min<usize>(TILE_COLUMNS, width - j);
    for (let i: usize = 0; i < height; i += TILE_ROWS) {
      const panelA = packedA + ((i * length) << 2);
      const down = min<usize>(TILE_ROWS, height - i);
      const tile = c + i * stepC + (j << 2);
      if (across === TILE_COLUMNS && down === TILE_ROWS) {
        multiplyTile(panelA, panelB, length, tile, stepC, add);
      } else {
        multiplyTile(panelA, panelB, length, edge, TILE_COLUMNS << 2, false);
        copyEdge(edge, tile, stepC, down, across, add);
      }
    }
  }
}

/** A tile of C from `length` terms, all of it in registers. */
function multiplyTile(a: usize, b: usize, length: usize, c: usize, stepC: usize, add: bool): void {
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  const end = a + (length << 4);
  for (; a < end; a += 16) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let entry = v128.load32_splat(a);
    c00 = multiplyAdd(entry, b0, c00);
    c01 = multiplyAdd(entry, b1, c01);
    entry = v128.load32_splat(a, 4);
    c10 = multiplyAdd(entry, b0, c10);
    c11 = multiplyAdd(entry, b1, c11);
    entry = v128.load32_splat(a, 8);
    c20 = multiplyAdd(entry, b0, c20);
    c21 = multiplyAdd(entry, b1, c21);
    entry = v128.load32_splat(a, 12);
    c30 = multiplyAdd(entry, b0, c30);
    c31 = multiplyAdd(entry, b1, c31);
    b += 32;
  }
  const row1 = c + stepC;
  const row2 = row1 + stepC;
  const row3 = row2 + stepC;
  if (add) {
    c00 = f32x4.add(c00, v128.load(c));
    c01 = f32x4.add(c01, v128.load(c, 16));
    c10 = f32x4.add(c10, v128.load(row1));
    c11 = f32x4.add(c11, v128.load(row1, 16));
    c20 = f32x4.add(c20, v128.load(row2));
    c21 = f32x4.add(c21, v128.load(row2, 16));
    c30 = f32x4.add(c30, v128.load(row3));
    c31 = f32x4.add(c31, v128.load(row3, 16));
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(row1, c10);
  v128.store(row1, c11, 16);
  v128.store(row2, c20);
  v128.store(row2, c21, 16);
  v128.store(row3, c30);
  v128.store(row3, c31, 16);
}

/** The part of a tile that lies inside C. */
function copyEdge(
  edge: usize,
  c: usize,
  stepC: usize,
  down: usize,
  across: usize,
  add: bool,
): void {
  for (let i: usize = 0; i < down; i++) {
    for (let j: usize = 0; j < across; j++) {
      const target = c + i * stepC + (j << 2);
      const value = load<f32>(edge + ((i * TILE_COLUMNS + j) << 2));
      store<f32>(target, add ? load<f32>(target) + value : value);
    }
  }
}

function roundUp(count: usize, step: usize): usize {
  return ((count + step - 1) / step) * step;
}
