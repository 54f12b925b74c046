import { multiplyAdd } from "./multiply-add";
import { packAlong } from "./pack-panels";

/** Filter gradients held in registers: 4 places' input channels by 8 output channels. */
const TILE_INPUTS: usize = 4;
const TILE_OUTPUTS: usize = 8;
/**
 * Output pixels whose terms are summed in registers before they are added to the filter gradient.
 * Sums of sums keep the digits that one accumulator over every pixel of a batch would lose.
 */
const PIXEL_BLOCK: usize = 128;

const EDGE_BYTES: usize = TILE_INPUTS * TILE_OUTPUTS * 4;

/** Bytes of scratch memory for a part of {@link convolveFilterGradient}. */
export function convolveFilterGradientScratch(
  inChannels: usize,
  outHeight: usize,
  outWidth: usize,
  outChannels: usize,
  filterHeight: usize,
  filterWidth: usize,
  strideHeight: usize,
  strideWidth: usize,
): usize {
  const outputs = (outChannels + TILE_OUTPUTS - 1) & ~(TILE_OUTPUTS - 1);
  const gradients = rowsInBlock(outWidth) * outWidth * outputs;
  const height = reach(outHeight, strideHeight, filterHeight);
  const width = reach(outWidth, strideWidth, filterWidth);
  return EDGE_BYTES + ((gradients + height * width * inChannels) << 2);
}

/**
 * F[u, v, a, b] = sum over images n and output pixels (i, j) of
 * X[n, i strideHeight + u - padTop, j strideWidth + v - padLeft, a] G[n, i, j, b]
 *
 * where X is 0 outside its image. X is [images, inHeight, inWidth, inChannels], G
 * [images, outHeight, outWidth, outChannels], F [filterHeight, filterWidth, inChannels, outChannels].
 * This sums over the images from `begin` to `end` alone, into the place of that part among `sums`,
 * [parts, filterHeight, filterWidth, inChannels, outChannels], where each part is `partImages`;
 * {@link sumParts} then adds them up.
 *
 * Each image is copied with its padding first. Then the places (u, 0..filterWidth-1) of the filter
 * read numbers that lie side by side, for every pixel, and (v, a) counts as one axis.
 */
export function convolveFilterGradient(
  x: usize,
  gradient: usize,
  sums: usize,
  partImages: usize,
  inHeight: isize,
  inWidth: isize,
  inChannels: usize,
  outHeight: usize,
  outWidth: usize,
  outChannels: usize,
  filterHeight: usize,
  filterWidth: usize,
  strideHeight: usize,
  strideWidth: usize,
  padTop: isize,
  padLeft: isize,
  begin: usize,
  end: usize,
  scratch: usize,
): void {
  const inBytes = inChannels << 2;
  const outBytes = outChannels << 2;
  const inputs = filterWidth * inChannels;
  const filterBytes = filterHeight * inputs * outBytes;
  const target = sums + (begin / partImages) * filterBytes;
  const height = reach(outHeight, strideHeight, filterHeight);
  const width = reach(outWidth, strideWidth, filterWidth);
  const padded = scratch + EDGE_BYTES;
  const packed = padded + height * width * inBytes;
  const blockRows = rowsInBlock(outWidth);
  memory.fill(target, 0, filterBytes);
  gradient += begin * outHeight * outWidth * outBytes;
  for (let n = begin; n < end; n++) {
    const image = x + n * ((inHeight * inWidth) as usize) * inBytes;
    copyPadded(image, padded, inHeight, inWidth, inBytes, height, width, padTop, padLeft);
    for (let row: usize = 0; row < outHeight; row += blockRows) {
      const rows = min<usize>(blockRows, outHeight - row);
      const pixels = rows * outWidth;
      packAlong(gradient, outBytes, outChannels, pixels, TILE_OUTPUTS, packed);
      gradient += pixels * outBytes;
      for (let u: usize = 0; u < filterHeight; u++) {
        convolvePlaces(
          padded + (row * strideHeight + u) * width * inBytes,
          strideHeight * width * inBytes,
          strideWidth * inBytes,
          inputs,
          packed,
          outChannels,
          rows,
          outWidth,
          target + u * inputs * outBytes,
          scratch,
        );
      }
    }
  }
}

/** The image from (-padTop, -padLeft) on, [height, width], with zeros where it has none. */
function copyPadded(
  image: usize,
  padded: usize,
  inHeight: isize,
  inWidth: isize,
  inBytes: usize,
  height: usize,
  width: usize,
  padTop: isize,
  padLeft: isize,
): void {
  const left = min<isize>(max<isize>(padLeft, 0), width as isize) as usize;
  const firstColumn = max<isize>(-padLeft, 0);
  const copied = max<isize>(min<isize>(inWidth - firstColumn, (width - left) as isize), 0) as usize;
  for (let row: usize = 0; row < height; row++) {
    const inRow = (row as isize) - padTop;
    if (inRow < 0 || inRow >= inHeight) {
      memory.fill(padded, 0, width * inBytes);
    } else {
      const from = image + ((inRow * inWidth + firstColumn) as usize) * inBytes;
      memory.fill(padded, 0, left * inBytes);
      memory.copy(padded + left * inBytes, from, copied * inBytes);
      const right = left + copied;
      memory.fill(padded + right * inBytes, 0, (width - right) * inBytes);
    }
    padded += width * inBytes;
  }
}

/** Adds one block's terms of one row of the filter, tile by tile. */
function convolvePlaces(
  x: usize,
  rowStep: usize,
  columnStep: usize,
  inputs: usize,
  packed: usize,
  outChannels: usize,
  rows: usize,
  columns: usize,
  target: usize,
  edge: usize,
): void {
  const stepF = outChannels << 2;
  const panelBytes = (rows * columns) << 5;
  for (let a: usize = 0; a < inputs; a += TILE_INPUTS) {
    const down = min<usize>(TILE_INPUTS, inputs - a);
    // beyond the last input the last one is read again, and what it gives thrown away
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
      let given = panel;
      for (let i: usize = 0; i < rows; i++) {
        let from = x + i * rowStep + (a << 2);
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

/** How many rows, or columns, of an image `count` outputs read. */
function reach(count: usize, stride: usize, filter: usize): usize {
  return count === 0 ? 0 : (count - 1) * stride + filter;
}
