import { endInside, firstInside } from "./inside";
import { multiplyAdd } from "./multiply-add";
import { packAlong } from "./pack-panels";

/** Filter gradients held in registers: 4 input channels by 8 output channels. */
const TILE_INPUTS: usize = 4;
const TILE_OUTPUTS: usize = 8;
/**
 * Output pixels whose terms are summed in registers before they are added to the filter gradient.
 * Sums of sums keep the digits that one accumulator over every pixel of a batch would lose.
 */
const PIXEL_BLOCK: usize = 128;

const EDGE_BYTES: usize = TILE_INPUTS * TILE_OUTPUTS * 4;

/** Bytes of scratch memory for {@link convolveFilterGradient}. */
export function convolveFilterGradientScratch(outWidth: usize, outChannels: usize): usize {
  const padded = (outChannels + TILE_OUTPUTS - 1) & ~(TILE_OUTPUTS - 1);
  return EDGE_BYTES + ((rowsInBlock(outWidth) * outWidth * padded) << 2);
}

/**
 * F[u, v, a, b] = sum over images n and output pixels (i, j) of
 * X[n, i strideHeight + u - padTop, j strideWidth + v - padLeft, a] G[n, i, j, b]
 *
 * where X is 0 outside its image. X is [images, inHeight, inWidth, inChannels], G
 * [images, outHeight, outWidth, outChannels], F [filterHeight, filterWidth, inChannels, outChannels];
 * F is overwritten and overlaps neither.
 */
export function convolveFilterGradient(
  x: usize,
  gradient: usize,
  filterGradient: usize,
  scratch: usize,
  images: usize,
  inHeight: isize,
  inWidth: isize,
  inChannels: usize,
  outHeight: usize,
  outWidth: usize,
  outChannels: usize,
  filterHeight: usize,
  filterWidth: usize,
  strideHeight: isize,
  strideWidth: isize,
  padTop: isize,
  padLeft: isize,
): void {
  const packed = scratch + EDGE_BYTES;
  const pixelBytes = inChannels << 2;
  const stepF = outChannels << 2;
  const blockRows = rowsInBlock(outWidth);
  memory.fill(filterGradient, 0, (filterHeight * filterWidth * inChannels * outChannels) << 2);
  for (let n: usize = 0; n < images; n++) {
    for (let row: usize = 0; row < outHeight; row += blockRows) {
      const rows = min<usize>(blockRows, outHeight - row);
      const pixels = rows * outWidth;
      packAlong(gradient, stepF, outChannels, pixels, TILE_OUTPUTS, packed);
      gradient += pixels * stepF;
      let target = filterGradient;
      for (let u: usize = 0; u < filterHeight; u++) {
        // the rows of this block whose input row lies in the image
        const firstRow = (row as isize) * strideHeight + (u as isize) - padTop;
        const low = firstInside(firstRow, strideHeight);
        const high = endInside(firstRow, strideHeight, inHeight, rows);
        for (let v: usize = 0; v < filterWidth; v++) {
          const firstColumn = (v as isize) - padLeft;
          const left = firstInside(firstColumn, strideWidth);
          const right = endInside(firstColumn, strideWidth, inWidth, outWidth);
          if (low < high && left < right) {
            const inRow = firstRow + (low as isize) * strideHeight;
            const inColumn = firstColumn + (left as isize) * strideWidth;
            convolveTap(
              x + ((inRow * inWidth + inColumn) as usize) * pixelBytes,
              ((strideHeight * inWidth) as usize) * pixelBytes,
              (strideWidth as usize) * pixelBytes,
              inChannels,
              packed + ((low * outWidth + left) << 5),
              outWidth << 5,
              pixels << 5,
              outChannels,
              high - low,
              right - left,
              target,
              scratch,
            );
          }
          target += inChannels * stepF;
        }
      }
    }
    x += ((inHeight * inWidth) as usize) * pixelBytes;
  }
}

/** Adds one block's terms of one place (u, v) of the filter, tile by tile. */
function convolveTap(
  x: usize,
  rowStep: usize,
  columnStep: usize,
  inChannels: usize,
  packed: usize,
  packedRowStep: usize,
  panelBytes: usize,
  outChannels: usize,
  rows: usize,
  columns: usize,
  target: usize,
  edge: usize,
): void {
  const stepF = outChannels << 2;
  for (let a: usize = 0; a < inChannels; a += TILE_INPUTS) {
    const down = min<usize>(TILE_INPUTS, inChannels - a);
    // beyond the last channel the last one is read again, and what it gives thrown away
    const offset1 = min<usize>(1, down - 1) << 2;
    const offset2 = min<usize>(2, down - 1) << 2;
    const offset3 = min<usize>(3, down - 1) << 2;
    let panel = packed;
    for (let b: usize = 0; b < outChannels; b += TILE_OUTPUTS) {
      const across = min<usize>(TILE_OUTPUTS, outChannels - b);
      const tile = target + a * stepF + (b << 2);
      let f00 = f32x4.splat(0);
      let f01 = f00;
      let f10 = f00;
      let f11 = f00;
      let f20 = f00;
      let f21 = f00;
      let f30 = f00;
      let f31 = f00;
      for (let i: usize = 0; i < rows; i++) {
        let from = x + i * rowStep + (a << 2);
        let given = panel + i * packedRowStep;
        const end = given + (columns << 5);
        while (given < end) {
          const given0 = v128.load(given);
          const given1 = v128.load(given, 16);
          let entry = v128.load32_splat(from);
          f00 = multiplyAdd(entry, given0, f00);
          f01 = multiplyAdd(entry, given1, f01);
          entry = v128.load32_splat(from + offset1);
          f10 = multiplyAdd(entry, given0, f10);
          f11 = multiplyAdd(entry, given1, f11);
          entry = v128.load32_splat(from + offset2);
          f20 = multiplyAdd(entry, given0, f20);
          f21 = multiplyAdd(entry, given1, f21);
          entry = v128.load32_splat(from + offset3);
          f30 = multiplyAdd(entry, given0, f30);
          f31 = multiplyAdd(entry, given1, f31);
          from += columnStep;
          given += 32;
        }
      }
      if (down === TILE_INPUTS && across === TILE_OUTPUTS) {
        addRow(tile, f00, f01);
        addRow(tile + stepF, f10, f11);
        addRow(tile + 2 * stepF, f20, f21);
        addRow(tile + 3 * stepF, f30, f31);
      } else {
        v128.store(edge, f00);
        v128.store(edge, f01, 16);
        v128.store(edge, f10, 32);
        v128.store(edge, f11, 48);
        v128.store(edge, f20, 64);
        v128.store(edge, f21, 80);
        v128.store(edge, f30, 96);
        v128.store(edge, f31, 112);
        addEdge(edge, tile, stepF, down, across);
      }
      panel += panelBytes;
    }
  }
}

function addRow(target: usize, first: v128, second: v128): void {
  v128.store(target, f32x4.add(v128.load(target), first));
  v128.store(target, f32x4.add(v128.load(target, 16), second), 16);
}

function addEdge(edge: usize, target: usize, step: usize, down: usize, across: usize): void {
  for (let i: usize = 0; i < down; i++) {
    for (let j: usize = 0; j < across; j++) {
      const at = target + i * step + (j << 2);
      store<f32>(at, load<f32>(at) + load<f32>(edge + ((i * TILE_OUTPUTS + j) << 2)));
    }
  }
}

function rowsInBlock(width: usize): usize {
  return max<usize>(PIXEL_BLOCK / max<usize>(width, 1), 1);
}
