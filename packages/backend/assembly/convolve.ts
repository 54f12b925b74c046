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
import { packAlong } from "./pack-panels";

/** Bytes of scratch memory for a part of {@link convolve}. */
export function convolveScratch(
  inChannels: usize,
  outChannels: usize,
  filterHeight: usize,
  filterWidth: usize,
): usize {
  const places = filterHeight * filterWidth;
  const lists = filterHeight * ROW_BYTES + places * TERM_BYTES;
  const packed = (places * inChannels * wholeTiles(outChannels)) << 2;
  return EDGE_BYTES + ((inChannels + wholeTiles(outChannels)) << 2) + lists + packed;
}

/**
 * Y[n, i, j, b] = c[b] + sum over places (u, v) of the filter and input channels a of
 * X[n, i strideHeight + u dilationHeight - padTop, j strideWidth + v dilationWidth - padLeft, a] F[u, v, a, b]
 *
 * where X is 0 outside its image. X is [images, inHeight, inWidth, inChannels], F
 * [filterHeight, filterWidth, inChannels, outChannels], the bias c [outChannels] or absent (0), Y
 * [images, outHeight, outWidth, outChannels]; Y overlaps none of them. Of Y the rows from `begin` to
 * `end` are overwritten, counted through all images. The filter is packed anew each time, so that a
 * changed one can never be applied with its old numbers.
 */
export function convolve(
  x: usize,
  filter: usize,
  bias: usize,
  y: usize,
  inHeight: isize,
  inWidth: isize,
  inChannels: usize,
  outHeight: usize,
  outWidth: isize,
  outChannels: usize,
  filterHeight: isize,
  filterWidth: isize,
  strideHeight: isize,
  strideWidth: isize,
  dilationHeight: isize,
  dilationWidth: isize,
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
  const start = zeros + inBytes;
  const rows = start + (wholeTiles(outChannels) << 2);
  const terms = rows + (filterHeight as usize) * ROW_BYTES;
  const packed = terms + ((filterHeight * filterWidth) as usize) * TERM_BYTES;
  memory.fill(zeros, 0, rows - zeros);
  if (bias !== 0) memory.copy(start, bias, outBytes);
  // a row of the filter is one matrix, [filterWidth * inChannels, outChannels]
  const depth = (filterWidth as usize) * inChannels;
  const panelBytes = depth * (TILE_CHANNELS << 2);
  const packedRow = (depth * wholeTiles(outChannels)) << 2;
  for (let u: usize = 0; u < (filterHeight as usize); u++) {
    const from = filter + u * depth * outBytes;
    packAlong(from, outBytes, outChannels, depth, TILE_CHANNELS, packed + u * packedRow);
  }
  const step = TILE_PIXELS as isize;
  y += begin * (outWidth as usize) * outBytes;
  for (let line = begin; line < end; line++) {
    const image = x + (line / outHeight) * ((inHeight * inWidth) as usize) * inBytes;
    const firstRow = ((line % outHeight) as isize) * strideHeight - padTop;
    let rowsEnd = rows;
    for (let u: isize = 0; u < filterHeight; u++) {
      const inRow = firstRow + u * dilationHeight;
      if (inRow < 0 || inRow >= inHeight) continue;
      const row = image + ((inRow * inWidth) as usize) * inBytes;
      rowsEnd = addRow(rowsEnd, row, -padLeft, packed + (u as usize) * packedRow, filterWidth);
    }
    for (let j: isize = 0; j < outWidth; j += step) {
      const pixels = min<isize>(step, outWidth - j);
      const termsEnd = listTerms(
        rows,
        rowsEnd,
        terms,
        j * strideWidth,
        pixels,
        strideWidth,
        dilationWidth,
        inWidth,
        inChannels,
        zeros,
      );
      const target = y + (j as usize) * outBytes;
      convolveTiles(
        terms,
        termsEnd,
        start,
        panelBytes,
        target,
        outBytes,
        pixels as usize,
        outChannels,
        edge,
      );
    }
    y += (outWidth as usize) * outBytes;
  }
}
