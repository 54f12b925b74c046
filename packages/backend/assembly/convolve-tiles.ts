import { multiplyAdd } from "./multiply-add";

/**
 * Products of gathered pixels with a packed filter, shared by a convolution and its gradient by the
 * images. A tile is 4 pixels by 8 channels of the result, held in registers; what it sums over is
 * given as a list of terms, each with the addresses of the 4 pixels it reads, so that nothing has to
 * be copied into a matrix first.
 *
 * The places of the filter that lie side by side in a row of it read pixels that lie side by side,
 * too: away from the borders they are one term, several times as deep.
 */
export const TILE_PIXELS: usize = 4;
export const TILE_CHANNELS: usize = 8;

export const EDGE_BYTES: usize = TILE_PIXELS * TILE_CHANNELS * 4;
/** A row of places: start of the row that is read, column for the first pixel, packed filter, places. */
export const ROW_BYTES: usize = 16;
/** A term of a tile: where each of the 4 pixels is read, the packed filter, numbers summed over. */
export const TERM_BYTES: usize = 24;

/** Adds a row to the list that ends at `end`; returns its new end. */
export function addRow(end: usize, row: usize, column: isize, filter: usize, places: isize): usize {
  store<usize>(end, row);
  store<isize>(end, column, 4);
  store<usize>(end, filter, 8);
  store<isize>(end, places, 12);
  return end + ROW_BYTES;
}

/**
 * The terms of a tile: its rows, `shift` columns further on, where they meet any of its pixels, which
 * are `pixelStep` columns apart, as the places are `placeStep`. A pixel that lies outside reads
 * `zeros`; pixels beyond the tile's last read that one's. Returns the list's end.
 */
export function listTerms(
  row: usize,
  rowsEnd: usize,
  term: usize,
  shift: isize,
  pixels: isize,
  pixelStep: isize,
  placeStep: isize,
  width: isize,
  depth: usize,
  zeros: usize,
): usize {
  const pixelBytes = depth << 2;
  for (; row < rowsEnd; row += ROW_BYTES) {
    const start = load<usize>(row);
    let column = load<isize>(row, 4) + shift;
    let filter = load<usize>(row, 8);
    const places = load<isize>(row, 12);
    const last = column + (pixels - 1) * pixelStep + (places - 1) * placeStep;
    if (column >= 0 && last < width && (placeStep === 1 || places === 1)) {
      term = addTerm(term, start, column, pixels, pixelStep, width, pixelBytes, zeros);
      store<usize>(term - TERM_BYTES, filter, 16);
      store<usize>(term - TERM_BYTES, (places as usize) * depth, 20);
      continue;
    }
    for (let v: isize = 0; v < places; v++) {
      if (column + (pixels - 1) * pixelStep >= 0 && column < width) {
        term = addTerm(term, start, column, pixels, pixelStep, width, pixelBytes, zeros);
        store<usize>(term - TERM_BYTES, filter, 16);
        store<usize>(term - TERM_BYTES, depth, 20);
      }
      column += placeStep;
      filter += depth * (TILE_CHANNELS << 2);
    }
  }
  return term;
}

function addTerm(
  term: usize,
  start: usize,
  column: isize,
  pixels: isize,
  pixelStep: isize,
  width: isize,
  pixelBytes: usize,
  zeros: usize,
): usize {
  let at = zeros;
  for (let i: isize = 0; i < (TILE_PIXELS as isize); i++) {
    if (i < pixels) {
      const isInside = column >= 0 && column < width;
      at = isInside ? start + (column as usize) * pixelBytes : zeros;
      column += pixelStep;
    }
    store<usize>(term + ((i as usize) << 2), at);
  }
  return term + TERM_BYTES;
}

/** `channels`, rounded up to whole tiles. */
export function wholeTiles(channels: usize): usize {
  return (channels + TILE_CHANNELS - 1) & ~(TILE_CHANNELS - 1);
}

/**
 * All `channels` of the result for up to four pixels, added to `start`: [channels], padded to whole
 * tiles. `panelBytes` is how far the packed filter's panels of 8 channels are apart.
 */
export function convolveTiles(
  terms: usize,
  termsEnd: usize,
  start: usize,
  panelBytes: usize,
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
    const from = start + (a << 2);
    if (pixels === TILE_PIXELS && across === TILE_CHANNELS) {
      convolveTile(terms, termsEnd, from, panel, tile, targetStep);
    } else {
      convolveTile(terms, termsEnd, from, panel, edge, TILE_CHANNELS << 2);
      for (let i: usize = 0; i < pixels; i++) {
        memory.copy(tile + i * targetStep, edge + ((i * TILE_CHANNELS) << 2), across << 2);
      }
    }
    panel += panelBytes;
  }
}

function convolveTile(
  term: usize,
  termsEnd: usize,
  start: usize,
  panel: usize,
  target: usize,
  targetStep: usize,
): void {
  let d00 = v128.load(start);
  let d01 = v128.load(start, 16);
  let d10 = d00;
  let d11 = d01;
  let d20 = d00;
  let d21 = d01;
  let d30 = d00;
  let d31 = d01;
  for (; term < termsEnd; term += TERM_BYTES) {
    let pixel0 = load<usize>(term);
    let pixel1 = load<usize>(term, 4);
    let pixel2 = load<usize>(term, 8);
    let pixel3 = load<usize>(term, 12);
    let filter = load<usize>(term, 16) + panel;
    const end = pixel0 + (load<usize>(term, 20) << 2);
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
