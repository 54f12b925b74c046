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
import { packAcross } from "./pack-panels";

/** Bytes of scratch memory for {@link convolveInputGradient}. */
export function convolveInputGradientScratch(
  inChannels: usize,
  outChannels: usize,
  taps: usize,
): usize {
  return (
    taps * (packedBytes(inChannels, outChannels) + TAP_BYTES + TERM_BYTES) + fixedBytes(outChannels)
  );
}

/**
 * D[n, y, x, a] = sum over the places (u, v) of the filter that meet output pixels (i, j), that is
 * i strideHeight = y + padTop - u and j strideWidth = x + padLeft - v, and over channels b of
 * G[n, i, j, b] F[u, v, a, b]
 *
 * G is [images, outHeight, outWidth, outChannels], F
 * [filterHeight, filterWidth, inChannels, outChannels], D [images, inHeight, inWidth, inChannels];
 * D is overwritten and overlaps neither.
 *
 * With a stride, pixels a stride apart meet the same places of the filter, so four of those make a
 * tile and no product with a skipped place is ever formed.
 */
export function convolveInputGradient(
  gradient: usize,
  filter: usize,
  inputGradient: usize,
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
  padTop: isize,
  padLeft: isize,
): void {
  const edge = scratch;
  const zeros = edge + EDGE_BYTES;
  const taps = scratch + fixedBytes(outChannels);
  const places = (filterHeight * filterWidth) as usize;
  const terms = taps + places * TAP_BYTES;
  const packed = terms + places * TERM_BYTES;
  const placeBytes = packedBytes(inChannels, outChannels);
  const outBytes = outChannels << 2;
  const inBytes = inChannels << 2;
  memory.fill(zeros, 0, outBytes);
  for (let place: usize = 0; place < places; place++) {
    const from = filter + place * inChannels * outBytes;
    packAcross(from, outBytes, inChannels, outChannels, TILE_CHANNELS, packed + place * placeBytes);
  }
  for (let n: usize = 0; n < images; n++) {
    for (let y: isize = 0; y < inHeight; y++) {
      for (let phase: isize = 0; phase < min<isize>(strideWidth, inWidth); phase++) {
        let tapsEnd = taps;
        for (let u: isize = 0; u < filterHeight; u++) {
          const down = y + padTop - u;
          if (down < 0 || down % strideHeight !== 0 || down / strideHeight >= outHeight) continue;
          const row = gradient + (((down / strideHeight) * outWidth) as usize) * outBytes;
          for (let v: isize = 0; v < filterWidth; v++) {
            const across = phase + padLeft - v;
            if (across % strideWidth !== 0) continue;
            const place = packed + ((u * filterWidth + v) as usize) * placeBytes;
            tapsEnd = addTap(tapsEnd, row, across / strideWidth, place);
          }
        }
        const step = strideWidth * (TILE_PIXELS as isize);
        let shift: isize = 0;
        for (let x = phase; x < inWidth; x += step) {
          const pixels = min<isize>(
            TILE_PIXELS as isize,
            (inWidth - x + strideWidth - 1) / strideWidth,
          );
          const termsEnd = listTerms(
            taps,
            tapsEnd,
            terms,
            shift,
            pixels,
            1,
            outWidth,
            outBytes,
            zeros,
          );
          convolveTiles(
            terms,
            termsEnd,
            outChannels,
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
    gradient += ((outHeight * outWidth) as usize) * outBytes;
  }
}

/** The transposed matrix of one place of the filter, in panels of 8 input channels. */
function packedBytes(inChannels: usize, outChannels: usize): usize {
  return (((inChannels + TILE_CHANNELS - 1) & ~(TILE_CHANNELS - 1)) * outChannels) << 2;
}

function fixedBytes(outChannels: usize): usize {
  return EDGE_BYTES + (outChannels << 2);
}
