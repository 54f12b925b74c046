import { multiplyAdd } from "./multiply-add";

/**
 * Products of gathered pixels with a packed filter, shared by a convolution and its gradient by the
 * images. A tile is 4 pixels by 8 channels of the result, held in registers; what it sums over is
 * given as a list of terms, each with the addresses of the 4 pixels it reads, so that nothing has to
 * be copied into a matrix first.
 */
export const TILE_PIXELS: usize = 4;
export const TILE_CHANNELS: usize = 8;

export const EDGE_BYTES: usize = TILE_PIXELS * TILE_CHANNELS * 4;
/** A tap of a row: start of the row that is read, column for the row's first pixel, packed filter. */
export const TAP_BYTES: usize = 12;
/** A term of a tile: where each of the 4 pixels is read, and the packed filter. */
export const TERM_BYTES: usize = 20;

/** Adds a tap to the list that ends at `end`; returns its new end. */
export function addTap(end: usize, row: usize, column: isize, filter: usize): usize {
  store<usize>(end, row);
  store<isize>(end, column, 4);
  store<usize>(end, filter, 8);
  return end + TAP_BYTES;
}

/**
 * The terms of a tile: its taps, `shift` columns further on, where they meet any of its pixels, which
 * are `pixelStep` columns apart. A pixel that lies outside reads `zeros`. Returns the list's end.
 */
export function listTerms(
  tap: usize,
  tapsEnd: usize,
  term: usize,
  shift: isize,
  pixels: isize,
  pixelStep: isize,
  width: isize,
  pixelBytes: usize,
  zeros: usize,
): usize {
  for (; tap < tapsEnd; tap += TAP_BYTES) {
    let column = load<isize>(tap, 4) + shift;
    if (column + (pixels - 1) * pixelStep < 0 || column >= width) continue;
    const row = load<usize>(tap);
    for (let i: isize = 0; i < (TILE_PIXELS as isize); i++) {
      const isInside = i < pixels && column >= 0 && column < width;
      const at = isInside ? row + (column as usize) * pixelBytes : zeros;
      store<usize>(term + ((i as usize) << 2), at);
      column += pixelStep;
    }
    store<usize>(term, load<usize>(tap, 8), 16);
    term += TERM_BYTES;
  }
  return term;
}

/** All `channels` of the result for up to four pixels, from terms of `depth` numbers each. */
export function convolveTiles(
  terms: usize,
  termsEnd: usize,
  depth: usize,
  target: usize,
  targetStep: usize,
  pixels: usize,
  channels: usize,
  edge: usize,
): void {
  let panel: usize = 0;
  for (let a: usize = 0; a < channels; a += TILE_CHANNELS) {
    const across = min<usize>(TILE_CHANNELS, channels - a);
    const tile = target + (a << 2);
    if (pixels === TILE_PIXELS && across === TILE_CHANNELS) {
      convolveTile(terms, termsEnd, panel, depth, tile, targetStep);
    } else {
      convolveTile(terms, termsEnd, panel, depth, edge, TILE_CHANNELS << 2);
      for (let i: usize = 0; i < pixels; i++) {
        memory.copy(tile + i * targetStep, edge + ((i * TILE_CHANNELS) << 2), across << 2);
      }
    }
    panel += (depth * TILE_CHANNELS) << 2;
  }
}

function convolveTile(
  term: usize,
  termsEnd: usize,
  panel: usize,
  depth: usize,
  target: usize,
  targetStep: usize,
): void {
  let d00 = f32x4.splat(0);
  let d01 = d00;
  let d10 = d00;
  let d11 = d00;
  let d20 = d00;
  let d21 = d00;
  let d30 = d00;
  let d31 = d00;
  for (; term < termsEnd; term += TERM_BYTES) {
    let pixel0 = load<usize>(term);
    let pixel1 = load<usize>(term, 4);
    let pixel2 = load<usize>(term, 8);
    let pixel3 = load<usize>(term, 12);
    let filter = load<usize>(term, 16) + panel;
    const end = pixel0 + (depth << 2);
    while (pixel0 < end) {
      const filter0 = v128.load(filter);
      const filter1 = v128.load(filter, 16);
      let entry = v128.load32_splat(pixel0);
      d00 = multiplyAdd(entry, filter0, d00);
      d01 = multiplyAdd(entry, filter1, d01);
      entry = v128.load32_splat(pixel1);
      d10 = multiplyAdd(entry, filter0, d10);
      d11 = multiplyAdd(entry, filter1, d11);
      entry = v128.load32_splat(pixel2);
      d20 = multiplyAdd(entry, filter0, d20);
      d21 = multiplyAdd(entry, filter1, d21);
      entry = v128.load32_splat(pixel3);
      d30 = multiplyAdd(entry, filter0, d30);
      d31 = multiplyAdd(entry, filter1, d31);
      pixel0 += 4;
      pixel1 += 4;
      pixel2 += 4;
      pixel3 += 4;
      filter += 32;
    }
  }
  v128.store(target, d00);
  v128.store(target, d01, 16);
  target += targetStep;
  v128.store(target, d10);
  v128.store(target, d11, 16);
  target += targetStep;
  v128.store(target, d20);
  v128.store(target, d21, 16);
  target += targetStep;
  v128.store(target, d30);
  v128.store(target, d31, 16);
}
