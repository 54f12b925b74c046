import {
  addTap,
  convolveTiles,
  EDGE_BYTES,
  listTerms,
  TAP_BYTES,
  TERM_BYTES,
  TILE_CHANNELS,
  TILE_PIXELS,
} from "./convolve-tiles";
import { packAlong } from "./pack-panels";

/** Bytes of scratch memory for {@link convolve}. */
export function convolveScratch(inChannels: usize, outChannels: usize, taps: usize): usize {
  const place = packedBytes(inChannels, outChannels);
  return fixedBytes(inChannels) + taps * (place + TAP_BYTES + TERM_BYTES);
}

/**
 * Y[n, i, j, b] = sum over places (u, v) of the filter and input channels a of
 * X[n, i strideHeight + u dilationHeight - padTop, j strideWidth + v dilationWidth - padLeft, a] F[u, v, a, b]
 *
 * where X is 0 outside its image. X is [images, inHeight, inWidth, inChannels], F
 * [filterHeight, filterWidth, inChannels, outChannels], Y [images, outHeight, outWidth, outChannels];
 * Y is overwritten and overlaps neither. The filter is packed anew each time, so that a changed one
 * can never be applied with its old numbers.
 */
export function convolve(
  x: usize,
  filter: usize,
  y: usize,
  scratch: usize,
  images: usize,
  inHeight: isize,
  inWidth: isize,
  inChannels: usize,
  outHeight: isize,
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
): void {
  const edge = scratch;
  const zeros = edge + EDGE_BYTES;
  const taps = scratch + fixedBytes(inChannels);
  const places = (filterHeight * filterWidth) as usize;
  const terms = taps + places * TAP_BYTES;
  const packed = terms + places * TERM_BYTES;
  const placeBytes = packedBytes(inChannels, outChannels);
  const inBytes = inChannels << 2;
  const outBytes = outChannels << 2;
  memory.fill(zeros, 0, inBytes);
  for (let place: usize = 0; place < places; place++) {
    const from = filter + place * inChannels * outBytes;
    packAlong(from, outBytes, outChannels, inChannels, TILE_CHANNELS, packed + place * placeBytes);
  }
  const step = TILE_PIXELS as isize;
  for (let n: usize = 0; n < images; n++) {
    for (let i: isize = 0; i < outHeight; i++) {
      let tapsEnd = taps;
      for (let u: isize = 0; u < filterHeight; u++) {
        const inRow = i * strideHeight + u * dilationHeight - padTop;
        if (inRow < 0 || inRow >= inHeight) continue;
        const row = x + ((inRow * inWidth) as usize) * inBytes;
        for (let v: isize = 0; v < filterWidth; v++) {
          const place = packed + ((u * filterWidth + v) as usize) * placeBytes;
          tapsEnd = addTap(tapsEnd, row, v * dilationWidth - padLeft, place);
        }
      }
      for (let j: isize = 0; j < outWidth; j += step) {
        const pixels = min<isize>(step, outWidth - j);
        const shift = j * strideWidth;
        const termsEnd = listTerms(
          taps,
          tapsEnd,
          terms,
          shift,
          pixels,
          strideWidth,
          inWidth,
          inBytes,
          zeros,
        );
        const target = y + (j as usize) * outBytes;
        convolveTiles(
          terms,
          termsEnd,
          inChannels,
          target,
          outBytes,
          pixels as usize,
          outChannels,
          edge,
        );
      }
      y += (outWidth as usize) * outBytes;
    }
    x += ((inHeight * inWidth) as usize) * inBytes;
  }
}

/** The matrix of one place of the filter, in panels of 8 output channels. */
function packedBytes(inChannels: usize, outChannels: usize): usize {
  return (((outChannels + TILE_CHANNELS - 1) & ~(TILE_CHANNELS - 1)) * inChannels) << 2;
}

function fixedBytes(inChannels: usize): usize {
  return EDGE_BYTES + (inChannels << 2);
}
