import { multiplyAdd } from "./multiply-add";
import { PLACES, placeStep, ROOT, SIDE } from "./winograd-filter";
import { tileScratch, transformTile } from "./winograd-tiles";

/** Rows and columns of a tile of outputs. */
const TILE: usize = 4;
/** Tiles whose terms are summed in registers before they are added to the others'. */
const TILE_BLOCK: usize = 32;
const ROWS: usize = 4;
const PANEL: usize = 8;
const EDGE_BYTES: usize = ROWS * PANEL * 4;

/** Bytes of scratch memory for a part of {@link winogradFilterGradient}. */
export function winogradFilterGradientScratch(inChannels: usize, outChannels: usize): usize {
  const padded = (outChannels + PANEL - 1) & ~(PANEL - 1);
  const inputs = placeStep((TILE_BLOCK * inChannels) << 2);
  const outputs = placeStep((TILE_BLOCK * padded) << 2);
  return EDGE_BYTES + PLACES * (inputs + outputs) + tileScratch(max(inChannels, outChannels));
}

/**
 * The sum over tiles from `begin` to `end` of what the filter's gradient is made of before it is
 * transformed back: dU = (B' X B) * (A dY A'), for every pair of channels a and b.
 *
 * X is [images, inHeight, inWidth, inChannels], dY [images, outHeight, outWidth, outChannels], with
 * channels that are multiples of 4. It goes into the place of this part among `sums`, [parts, 36], each a
 * matrix [inChannels, outChannels] and {@link placeStep} apart, where each part is `partTiles`.
 */
export function winogradFilterGradient(
  x: usize,
  gradient: usize,
  sums: usize,
  partTiles: usize,
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
  const panels = (outChannels + PANEL - 1) / PANEL;
  const inStep = placeStep(TILE_BLOCK * inBytes);
  const outStep = placeStep(panels * TILE_BLOCK * (PANEL << 2));
  const sumStep = placeStep(inChannels * outBytes);
  const inputs = scratch + EDGE_BYTES;
  const outputs = inputs + PLACES * inStep;
  const patch = outputs + PLACES * outStep;
  const target = sums + (begin / partTiles) * PLACES * sumStep;
  memory.fill(target, 0, PLACES * sumStep);
  for (let first = begin; first < end; first += TILE_BLOCK) {
    const count = min<usize>(TILE_BLOCK, end - first);
    for (let k: usize = 0; k < count; k++) {
      const tile = first + k;
      const n = tile / across / down;
      const row = TILE * ((tile / across) % down);
      const column = TILE * (tile % across);
      transformTile(
        x + n * ((inHeight * inWidth) as usize) * inBytes,
        (row as isize) - padTop,
        (column as isize) - padLeft,
        inHeight,
        inWidth,
        inChannels,
        inputs + k * inBytes,
        inStep,
        patch,
      );
      spreadTile(
        gradient + ((n * outHeight + row) * outWidth + column) * outBytes,
        outWidth * outBytes,
        outBytes,
        min<usize>(TILE, outHeight - row),
        min<usize>(TILE, outWidth - column),
        outputs + k * (PANEL << 2),
        outStep,
        patch,
      );
    }
    for (let place: usize = 0; place < PLACES; place++) {
      addProducts(
        inputs + place * inStep,
        inChannels,
        outputs + place * outStep,
        outChannels,
        count,
        target + place * sumStep,
        scratch,
      );
    }
  }
}

/**
 * W = A dY A' of one tile for all channels, in panels of 8 channels by {@link TILE_BLOCK} tiles; number
 * (i, j) goes to `target + (6 i + j) * placeStep`. Of the 4 x 4 pixels `rows` by `columns` lie inside, and
 * the others are 0.
 */
function spreadTile(
  gradient: usize,
  rowBytes: usize,
  pixelBytes: usize,
  rows: usize,
  columns: usize,
  target: usize,
  placeStep: usize,
  scratch: usize,
): void {
  const zero = f32x4.splat(0);
  const isWhole = rows === TILE && columns === TILE;
  const inside = scratch + SIDE * TILE * 16;
  for (let at: usize = 0; at < pixelBytes; at += 16) {
    const panel = at / (PANEL << 2);
    const to = target + panel * TILE_BLOCK * (PANEL << 2) + (at % (PANEL << 2));
    if (!isWhole) {
      for (let i: usize = 0; i < TILE; i++) {
        for (let j: usize = 0; j < TILE; j++) {
          const isInside = i < rows && j < columns;
          const pixel = gradient + at + i * rowBytes + j * pixelBytes;
          v128.store(inside + ((i * TILE + j) << 4), isInside ? v128.load(pixel) : zero);
        }
      }
    }
    // dY A', row by row: [4, 6]; then A times it, column by column
    const from = isWhole ? gradient + at : inside;
    const pixelStep: usize = isWhole ? pixelBytes : 16;
    const rowStep: usize = isWhole ? rowBytes : TILE << 4;
    spreadFours(from, pixelStep, rowStep, TILE, scratch, 16, SIDE << 4);
    spreadFours(scratch, SIDE << 4, 16, SIDE, to, SIDE * placeStep, placeStep);
  }
}

/**
 * A times four vectors, `step` bytes apart, for `count` such columns, which are `next` bytes apart; all in
 * one call, since there are too many of them to be inlined.
 */
function spreadFours(
  from: usize,
  step: usize,
  next: usize,
  count: usize,
  target: usize,
  targetStep: usize,
  targetNext: usize,
): void {
  const half = f32x4.splat(0.5);
  const two = f32x4.splat(2);
  for (let column: usize = 0; column < count; column++) {
    const y0 = v128.load(from);
    const y1 = v128.load(from + step);
    const y2 = v128.load(from + 2 * step);
    const y3 = v128.load(from + 3 * step);
    v128.store(target, y0);
    v128.store(target + 5 * targetStep, y3);
    let even = multiplyAdd(y2, half, y0);
    let odd = f32x4.mul(multiplyAdd(y3, half, y1), f32x4.splat(ROOT / 2));
    v128.store(target + targetStep, f32x4.add(even, odd));
    v128.store(target + 2 * targetStep, f32x4.sub(even, odd));
    even = multiplyAdd(y2, two, y0);
    odd = f32x4.mul(multiplyAdd(y3, two, y1), f32x4.splat(ROOT));
    v128.store(target + 3 * targetStep, f32x4.add(even, odd));
    v128.store(target + 4 * targetStep, f32x4.sub(even, odd));
    from += next;
    target += targetNext;
  }
}

/** T[a, b] += sum over tiles of V[tile, a] W[tile, b], for one of the 36 places. */
function addProducts(
  inputs: usize,
  inChannels: usize,
  outputs: usize,
  outChannels: usize,
  tiles: usize,
  target: usize,
  edge: usize,
): void {
  const inBytes = inChannels << 2;
  const stepT = outChannels << 2;
  for (let b: usize = 0; b < outChannels; b += PANEL) {
    const columns = min<usize>(PANEL, outChannels - b);
    const panel = outputs + b * (TILE_BLOCK << 2);
    for (let a: usize = 0; a < inChannels; a += ROWS) {
      const tile = target + a * stepT + (b << 2);
      if (columns === PANEL) {
        addTile(inputs + (a << 2), inBytes, panel, tiles, tile, stepT);
      } else {
        memory.fill(edge, 0, EDGE_BYTES);
        addTile(inputs + (a << 2), inBytes, panel, tiles, edge, PANEL << 2);
        for (let i: usize = 0; i < ROWS; i++) {
          const row = tile + i * stepT;
          const found = v128.load(edge + i * (PANEL << 2)); // columns are a multiple of 4
          v128.store(row, f32x4.add(v128.load(row), found));
        }
      }
    }
  }
}

function addTile(
  row: usize,
  step: usize,
  panel: usize,
  tiles: usize,
  target: usize,
  stepT: usize,
): void {
  const row1 = target + stepT;
  const row2 = row1 + stepT;
  const row3 = row2 + stepT;
  let t00 = f32x4.splat(0);
  let t01 = t00;
  let t10 = t00;
  let t11 = t00;
  let t20 = t00;
  let t21 = t00;
  let t30 = t00;
  let t31 = t00;
  const end = panel + tiles * (PANEL << 2);
  while (panel < end) {
    const w0 = v128.load(panel);
    const w1 = v128.load(panel, 16);
    let entry = v128.load32_splat(row);
    t00 = multiplyAdd(entry, w0, t00);
    t01 = multiplyAdd(entry, w1, t01);
    entry = v128.load32_splat(row, 4);
    t10 = multiplyAdd(entry, w0, t10);
    t11 = multiplyAdd(entry, w1, t11);
    entry = v128.load32_splat(row, 8);
    t20 = multiplyAdd(entry, w0, t20);
    t21 = multiplyAdd(entry, w1, t21);
    entry = v128.load32_splat(row, 12);
    t30 = multiplyAdd(entry, w0, t30);
    t31 = multiplyAdd(entry, w1, t31);
    row += step;
    panel += PANEL << 2;
  }
  v128.store(target, f32x4.add(v128.load(target), t00));
  v128.store(target, f32x4.add(v128.load(target, 16), t01), 16);
  v128.store(row1, f32x4.add(v128.load(row1), t10));
  v128.store(row1, f32x4.add(v128.load(row1, 16), t11), 16);
  v128.store(row2, f32x4.add(v128.load(row2), t20));
  v128.store(row2, f32x4.add(v128.load(row2, 16), t21), 16);
  v128.store(row3, f32x4.add(v128.load(row3), t30));
  v128.store(row3, f32x4.add(v128.load(row3, 16), t31), 16);
}
