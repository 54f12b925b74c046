import {
  addRow,
  convolveTiles,
  EDGE_BYTES,
  listTerms,
  ROW_BYTES,
  TERM_BYTES,
  TILE_CHANNELS,
  TILE_PIXELS,
  wholeTiles,
} from "./convolve-tiles";
import { packAcross } from "./pack-panels";

/** Bytes of scratch memory for a part of {@link convolveInputGradient}. */
export function convolveInputGradientScratch(
  inChannels: usize,
  outChannels: usize,
  filterHeight: usize,
  filterWidth: usize,
): usize {
  const places = filterHeight * filterWidth;
  const lists = filterHeight * ROW_BYTES + places * TERM_BYTES;
  const packed = (places * outChannels * wholeTiles(inChannels)) << 2;
  const transposed = (outChannels * wholeTiles(inChannels)) << 2;
  return EDGE_BYTES + ((outChannels + wholeTiles(inChannels)) << 2) + lists + packed + transposed;
}

/**
 * D[n, y, x, a] = sum over the places (u, v) of the filter that meet output pixels (i, j), that is
 * i strideHeight = y + padTop - u and j strideWidth = x + padLeft - v, and over channels b of
 * G[n, i, j, b] F[u, v, a, b]
 *
 * G is [images, outHeight, outWidth, outChannels], F
 * [filterHeight, filterWidth, inChannels, outChannels], D [images, inHeight, inWidth, inChannels];
 * D overlaps neither. Of D the rows from `begin` to `end` are overwritten, counted through all images.
 *
 * With a stride, pixels a stride apart meet the same places of the filter, so four of those make a
 * tile and no product with a skipped place is ever formed.
 */
export function convolveInputGradient(
  gradient: usize,
  filter: usize,
  inputGradient: usize,
  inHeight: usize,
  inWidth: isize,
  inChannels: usize,
  outHeight: isize,
  outWidth: isize,
  outChannels: usize,
  filterHeight: isize,
  filterWidth: isize,
  strideHeight: isize,
  strideWidth: isize,
  padTop: isize,
  padLeft: isize,
  begin: usize,
  end: usize,
  scratch: usize,
): void {
  const inBytes = inChannels << 2;
  const outBytes = outChannels << 2;
  const edge = scratch;
  const zeros = edge + EDGE_BYTES;
  const start = zeros + outBytes;
  const rows = start + (wholeTiles(inChannels) << 2);
  const terms = rows + (filterHeight as usize) * ROW_BYTES;
  const packed = terms + ((filterHeight * filterWidth) as usize) * TERM_BYTES;
  memory.fill(zeros, 0, rows - zeros);
  const placeBytes = outChannels * (TILE_CHANNELS << 2);
  const panelBytes = (filterWidth as usize) * placeBytes;
  const packedRow = (wholeTiles(inChannels) / TILE_CHANNELS) * panelBytes;
  packTransposed(
    filter,
    packed,
    packed + (filterHeight as usize) * packedRow,
    inChannels,
    outChannels,
    filterHeight as usize,
    filterWidth,
    strideWidth,
  );
  const step = strideWidth * (TILE_PIXELS as isize);
  inputGradient += begin * (inWidth as usize) * inBytes;
  for (let line = begin; line < end; line++) {
    const image = gradient + (line / inHeight) * ((outHeight * outWidth) as usize) * outBytes;
    const y = (line % inHeight) as isize;
    for (let phase: isize = 0; phase < min<isize>(strideWidth, inWidth); phase++) {
      // the places v with j whole: v = residue, residue + strideWidth, ...; the last comes first
      const residue = (phase + padLeft) % strideWidth;
      const places = residue < filterWidth ? (filterWidth - 1 - residue) / strideWidth + 1 : 0;
      const firstColumn = (phase + padLeft - residue) / strideWidth - (places - 1);
      const skipped = placesBefore(residue, filterWidth, strideWidth);
      let rowsEnd = rows;
      for (let u: isize = 0; u < (places > 0 ? filterHeight : 0); u++) {
        const down = y + padTop - u;
        if (down < 0 || down % strideHeight !== 0 || down / strideHeight >= outHeight) continue;
        const row = image + (((down / strideHeight) * outWidth) as usize) * outBytes;
        const place = packed + (u as usize) * packedRow + (skipped as usize) * placeBytes;
        rowsEnd = addRow(rowsEnd, row, firstColumn, place, places);
      }
      let shift: isize = 0;
      for (let x = phase; x < inWidth; x += step) {
        const pixels = min<isize>(
          TILE_PIXELS as isize,
          (inWidth - x + strideWidth - 1) / strideWidth,
        );
        const termsEnd = listTerms(
          rows,
          rowsEnd,
          terms,
          shift,
          pixels,
          1,
          1,
          outWidth,
          outChannels,
          zeros,
        );
        convolveTiles(
          terms,
          termsEnd,
          start,
          panelBytes,
          inputGradient + (x as usize) * inBytes,
          (strideWidth as usize) * inBytes,
          pixels as usize,
          inChannels,
          edge,
        );
        shift += TILE_PIXELS as isize;
      }
    }
    inputGradient += (inWidth as usize) * inBytes;
  }
}

/**
 * Packs the transposed matrix of each place in panels of 8 input channels, those of a row of the
 * filter in the order that output pixels meet them: by the rest that v leaves when divided by the
 * stride, then backwards.
 */
function packTransposed(
  filter: usize,
  packed: usize,
  transposed: usize,
  inChannels: usize,
  outChannels: usize,
  filterHeight: usize,
  filterWidth: isize,
  stride: isize,
): void {
  const outBytes = outChannels << 2;
  const placeBytes = outChannels * (TILE_CHANNELS << 2);
  const panelBytes = (filterWidth as usize) * placeBytes;
  for (let u: usize = 0; u < filterHeight; u++) {
    let target = packed;
    for (let residue: isize = 0; residue < min<isize>(stride, filterWidth); residue++) {
      for (let v = residue + ((filterWidth - 1 - residue) / stride) * stride; v >= 0; v -= stride) {
        const from = filter + (v as usize) * inChannels * outBytes;
        packAcross(from, outBytes, inChannels, outChannels, TILE_CHANNELS, transposed);
        for (let a: usize = 0; a < inChannels; a += TILE_CHANNELS) {
          const panel = a / TILE_CHANNELS;
          memory.copy(target + panel * panelBytes, transposed + panel * placeBytes, placeBytes);
        }
        target += placeBytes;
      }
    }
    filter += (filterWidth as usize) * inChannels * outBytes;
    packed += (wholeTiles(inChannels) / TILE_CHANNELS) * panelBytes;
  }
}

/** Places of a row whose rest is below `residue`. */
function placesBefore(residue: isize, filterWidth: isize, stride: isize): isize {
  let count: isize = 0;
  for (let rest: isize = 0; rest < min<isize>(residue, filterWidth); rest++) {
    count += (filterWidth - 1 - rest) / stride + 1;
  }
  return count;
}
