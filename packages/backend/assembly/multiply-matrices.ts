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
 * A part of C = op(A) op(B) + b, C[i,j] = sum_p op(A)[i,p] op(B)[p,j] + b[j], where op transposes if
 * asked to.
 *
 * A is [rows, depth] (or [depth, rows] if `transposeA`), B is [depth, columns] (or
 * [columns, depth]), C is [rows, columns], b is [columns] or absent (0); all row-major float32. Of C
 * the part from `begin` to `end` is overwritten: rows if `alongRows`, columns otherwise; it overlaps
 * neither A nor B. An entry is the same whatever part it is in. Nothing is kept between calls:
 * operands are packed anew each time, so a changed operand can never be multiplied by its old numbers.
 */
export function multiplyMatrices(
  a: usize,
  b: usize,
  c: usize,
  bias: usize,
  rows: usize,
  columns: usize,
  depth: usize,
  transposeA: bool,
  transposeB: bool,
  alongRows: bool,
  begin: usize,
  end: usize,
  scratch: usize,
): void {
  const firstRow: usize = alongRows ? begin : 0;
  const rowsEnd = alongRows ? end : rows;
  const firstColumn: usize = alongRows ? 0 : begin;
  const columnsEnd = alongRows ? columns : end;
  const edge = scratch;
  const packedA = scratch + EDGE_BYTES;
  const terms = min<usize>(depth, DEPTH_BLOCK);
  const packedB = packedA + ((terms * min<usize>(roundUp(rows, TILE_ROWS), ROW_BLOCK)) << 2);
  const stepA = (transposeA ? rows : depth) << 2;
  const stepB = (transposeB ? depth : columns) << 2;
  const stepC = columns << 2;
  for (let j = firstColumn; j < columnsEnd; j += COLUMN_BLOCK) {
    const width = min<usize>(COLUMN_BLOCK, columnsEnd - j);
    let p: usize = 0;
    do {
      const length = min<usize>(DEPTH_BLOCK, depth - p);
      if (transposeB) {
        packAcross(b + j * stepB + (p << 2), stepB, width, length, TILE_COLUMNS, packedB);
      } else {
        packAlong(b + p * stepB + (j << 2), stepB, width, length, TILE_COLUMNS, packedB);
      }
      for (let i = firstRow; i < rowsEnd; i += ROW_BLOCK) {
        const height = min<usize>(ROW_BLOCK, rowsEnd - i);
        if (transposeA) {
          packAlong(a + p * stepA + (i << 2), stepA, height, length, TILE_ROWS, packedA);
        } else {
          packAcross(a + i * stepA + (p << 2), stepA, height, length, TILE_ROWS, packedA);
        }
        const corner = c + i * stepC + (j << 2);
        // the first block of terms is added to the bias, the others to what C has by then
        const isFirst = p === 0;
        const firstAddend: usize = bias === 0 ? 0 : bias + (j << 2);
        const addend = isFirst ? firstAddend : corner;
        const stepAddend: usize = isFirst ? 0 : stepC;
        multiplyPanels(
          packedA,
          packedB,
          corner,
          stepC,
          addend,
          stepAddend,
          height,
          width,
          length,
          edge,
        );
      }
      p += DEPTH_BLOCK;
    } while (p < depth); // once where there are no terms, so that C becomes the bias
  }
}

/**
 * Products of a stack of matrices, those from `begin` to `end`, each as by {@link multiplyMatrices}
 * without a bias. `entryA` and `entryB` are the bytes from one operand to the next; 0 where all
 * products share it.
 */
export function multiplyStack(
  a: usize,
  b: usize,
  c: usize,
  rows: usize,
  columns: usize,
  depth: usize,
  transposeA: bool,
  transposeB: bool,
  entryA: usize,
  entryB: usize,
  begin: usize,
  end: usize,
  scratch: usize,
): void {
  for (let i = begin; i < end; i++) {
    multiplyMatrices(
      a + i * entryA,
      b + i * entryB,
      c + ((i * rows * columns) << 2),
      0,
      rows,
      columns,
      depth,
      transposeA,
      transposeB,
      true,
      0,
      rows,
      scratch,
    );
  }
}

/** Multiplies packed blocks of A and B into a block of C, and adds the addend (none if it is 0). */
function multiplyPanels(
  packedA: usize,
  packedB: usize,
  c: usize,
  stepC: usize,
  addend: usize,
  stepAddend: usize,
  height: usize,
  width: usize,
  length: usize,
  edge: usize,
): void {
  for (let j: usize = 0; j < width; j += TILE_COLUMNS) {
    const panelB = packedB + ((j * length) << 2);
    const across = min<usize>(TILE_COLUMNS, width - j);
    for (let i: usize = 0; i < height; i += TILE_ROWS) {
      const panelA = packedA + ((i * length) << 2);
      const down = min<usize>(TILE_ROWS, height - i);
      const tile = c + i * stepC + (j << 2);
      const added: usize = addend === 0 ? 0 : addend + i * stepAddend + (j << 2);
      if (across === TILE_COLUMNS && down === TILE_ROWS) {
        multiplyTile(panelA, panelB, length, tile, stepC, added, stepAddend);
      } else {
        multiplyTile(panelA, panelB, length, edge, TILE_COLUMNS << 2, 0, 0);
        copyEdge(edge, tile, stepC, down, across, added, stepAddend);
      }
    }
  }
}

/** A tile of C from `length` terms, all of it in registers. */
function multiplyTile(
  a: usize,
  b: usize,
  length: usize,
  c: usize,
  stepC: usize,
  addend: usize,
  stepAddend: usize,
): void {
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
  if (addend !== 0) {
    c00 = f32x4.add(c00, v128.load(addend));
    c01 = f32x4.add(c01, v128.load(addend, 16));
    addend += stepAddend;
    c10 = f32x4.add(c10, v128.load(addend));
    c11 = f32x4.add(c11, v128.load(addend, 16));
    addend += stepAddend;
    c20 = f32x4.add(c20, v128.load(addend));
    c21 = f32x4.add(c21, v128.load(addend, 16));
    addend += stepAddend;
    c30 = f32x4.add(c30, v128.load(addend));
    c31 = f32x4.add(c31, v128.load(addend, 16));
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
  addend: usize,
  stepAddend: usize,
): void {
  for (let i: usize = 0; i < down; i++) {
    for (let j: usize = 0; j < across; j++) {
      const value = load<f32>(edge + ((i * TILE_COLUMNS + j) << 2));
      const added: f32 = addend === 0 ? 0 : load<f32>(addend + i * stepAddend + (j << 2));
      store<f32>(c + i * stepC + (j << 2), value + added);
    }
  }
}

function roundUp(count: usize, step: usize): usize {
  return ((count + step - 1) / step) * step;
}
