import { multiplyAdd } from "./multiply-add";
import { multiplyRows, PRODUCT_EDGE_BYTES } from "./multiply-rows";
import { matrixStep, PLACES, placeStep, ROOT, SIDE } from "./winograd-filter";
import { tileScratch, transformTile } from "./winograd-tiles";

/** Rows and columns of a tile of outputs. */
const TILE: usize = 4;
/** Tiles that go through all three stages together, while they are at hand. */
const TILE_BLOCK: usize = 16;
const PANEL: usize = 8;

/** Bytes of scratch memory for a part of {@link winogradConvolve}. */
export function winogradConvolveScratch(inChannels: usize, outChannels: usize): usize {
  const inputs = placeStep((TILE_BLOCK * inChannels) << 2);
  const outputs = placeStep((TILE_BLOCK * outChannels) << 2);
  const tiles = PLACES * (inputs + outputs);
  return PRODUCT_EDGE_BYTES + (PANEL << 2) + tiles + tileScratch(max(inChannels, outChannels));
}

/**
 * Y[n, i, j, b] = c[b] + sum over places (u, v) of a 3 x 3 filter and channels a of
 * X[n, i + u - padTop, j + v - padLeft, a] F[u, v, a, b], where X is 0 outside its image.
 *
 * The filter comes as {@link winogradFilter} transformed it. X is [images, inHeight, inWidth,
 * inChannels], Y [images, outHeight, outWidth, outChannels], with channels that are multiples of 4; the
 * bias c is [outChannels] or absent (0). Of Y the tiles of 4 x 4 from `begin` to `end` are written,
 * counted through the rows of tiles of all images.
 */
export function winogradConvolve(
  x: usize,
  transformed: usize,
  bias: usize,
  y: usize,
  inHeight: isize,
  inWidth: isize,
  inChannels: usize,
  outHeight: usize,
  outWidth: usize,
  outChannels: usize,
  padTop: isize,
  padLeft: isize,
  begin: usize,
  end: usize,
  scratch: usize,
): void {
  const inBytes = inChannels << 2;
  const outBytes = outChannels << 2;
  const across = (outWidth + TILE - 1) / TILE;
  const down = (outHeight + TILE - 1) / TILE;
  const zeros = scratch + PRODUCT_EDGE_BYTES;
  const inputs = zeros + (PANEL << 2);
  const inStep = placeStep(TILE_BLOCK * inBytes);
  const outStep = placeStep(TILE_BLOCK * outBytes);
  const outputs = inputs + PLACES * inStep;
  const patch = outputs + PLACES * outStep;
  memory.fill(zeros, 0, PANEL << 2);
  for (let first = begin; first < end; first += TILE_BLOCK) {
    const count = min<usize>(TILE_BLOCK, end - first);
    for (let k: usize = 0; k < count; k++) {
      const tile = first + k;
      const image = x + (tile / across / down) * ((inHeight * inWidth) as usize) * inBytes;
      const row = (TILE * ((tile / across) % down)) as isize;
      const column = (TILE * (tile % across)) as isize;
      transformTile(
        image,
        row - padTop,
        column - padLeft,
        inHeight,
        inWidth,
        inChannels,
        inputs + k * inBytes,
        inStep,
        patch,
      );
    }
    multiplyPlaces(inputs, transformed, outputs, inChannels, outChannels, count, zeros, scratch);
    for (let k: usize = 0; k < count; k++) {
      const tile = first + k;
      const row = TILE * ((tile / across) % down);
      const column = TILE * (tile % across);
      const pixel = ((tile / across / down) * outHeight + row) * outWidth + column;
      writeTile(
        outputs + k * outBytes,
        outStep,
        bias,
        y + pixel * outBytes,
        outWidth * outBytes,
        outBytes,
        min<usize>(TILE, outHeight - row),
        min<usize>(TILE, outWidth - column),
        patch,
      );
    }
  }
}

/** M = V U for each of the 36 places: [tiles, inChannels] by [inChannels, outChannels]. */
function multiplyPlaces(
  inputs: usize,
  transformed: usize,
  outputs: usize,
  inChannels: usize,
  outChannels: usize,
  count: usize,
  zeros: usize,
  edge: usize,
): void {
  const inBytes = inChannels << 2;
  const outBytes = outChannels << 2;
  const matrixBytes = matrixStep(inChannels, outChannels);
  for (let place: usize = 0; place < PLACES; place++) {
    for (let b: usize = 0; b < outChannels; b += PANEL) {
      multiplyRows(
        inputs,
        inBytes,
        count,
        inChannels,
        transformed + b * inBytes,
        zeros,
        0,
        outputs + (b << 2),
        outBytes,
        min<usize>(PANEL, outChannels - b),
        edge,
      );
    }
    inputs += placeStep(TILE_BLOCK * inBytes);
    outputs += placeStep(TILE_BLOCK * outBytes);
    transformed += matrixBytes;
  }
}

/** Y = A' M A + c of one tile for all channels; of its 4 x 4 pixels `rows` by `columns` lie inside. */
function writeTile(
  m: usize,
  placeStep: usize,
  bias: usize,
  y: usize,
  rowBytes: usize,
  pixelBytes: usize,
  rows: usize,
  columns: usize,
  scratch: usize,
): void {
  const zero = f32x4.splat(0);
  const isWhole = rows === TILE && columns === TILE;
  for (let at: usize = 0; at < pixelBytes; at += 16) {
    const start = bias === 0 ? zero : v128.load(bias + at);
    // A' M, column by column: [4, 6]; then times A, row by row
    gatherSixes(m + at, SIDE * placeStep, placeStep, SIDE, zero, scratch, SIDE << 4, 16);
    const target = isWhole ? y + at : scratch + SIDE * TILE * 16;
    const pixelStep: usize = isWhole ? pixelBytes : 16;
    const rowStep: usize = isWhole ? rowBytes : TILE * 16;
    gatherSixes(scratch, 16, SIDE << 4, TILE, start, target, pixelStep, rowStep);
    if (isWhole) continue;
    for (let i: usize = 0; i < rows; i++) {
      for (let j: usize = 0; j < columns; j++) {
        const pixel = y + at + i * rowBytes + j * pixelBytes;
        v128.store(pixel, v128.load(target + i * rowStep + j * pixelStep));
      }
    }
  }
}

/**
 * A' times six vectors, `step` bytes apart, plus `start`, for `count` such columns, which are `next` bytes
 * apart; all in one call, since there are too many of them to be inlined.
 */
function gatherSixes(
  from: usize,
  step: usize,
  next: usize,
  count: usize,
  start: v128,
  target: usize,
  targetStep: usize,
  targetNext: usize,
): void {
  const half = f32x4.splat(0.5);
  const two = f32x4.splat(2);
  const root = f32x4.splat(ROOT);
  for (let column: usize = 0; column < count; column++) {
    const m1 = v128.load(from + step);
    const m2 = v128.load(from + 2 * step);
    const m3 = v128.load(from + 3 * step);
    const m4 = v128.load(from + 4 * step);
    const near = f32x4.add(m1, m2);
    const nearOdd = f32x4.sub(m1, m2);
    const far = f32x4.add(m3, m4);
    const farOdd = f32x4.sub(m3, m4);
    const first = f32x4.add(f32x4.add(v128.load(from), near), f32x4.add(far, start));
    v128.store(target, first);
    const second = multiplyAdd(multiplyAdd(nearOdd, half, farOdd), root, start);
    v128.store(target + targetStep, second);
    const third = multiplyAdd(near, half, multiplyAdd(far, two, start));
    v128.store(target + 2 * targetStep, third);
    const odd = multiplyAdd(nearOdd, f32x4.splat(0.25), f32x4.mul(farOdd, two));
    const last = f32x4.add(v128.load(from + 5 * step), start);
    v128.store(target + 3 * targetStep, multiplyAdd(odd, root, last));
    from += next;
    target += targetNext;
  }
}
