import { addScaled } from "./add-scaled";
import { endInside, firstInside } from "./inside";
import { multiplyAdd } from "./multiply-add";

/**
 * F[u, v, c, m] = sum over images n and output pixels (i, j) of
 * X[n, i strideHeight + u dilationHeight - padTop, j strideWidth + v dilationWidth - padLeft, c] G[n, i, j, c M + m]
 *
 * where X is 0 outside its image and M is `multiplier`. X is [images, inHeight, inWidth, channels], G
 * [images, outHeight, outWidth, channels M], F [filterHeight, filterWidth, channels, M]. This sums over
 * the images from `begin` to `end` alone, into the place of that part among `sums`, [parts, ...F],
 * where each part is `partImages`; {@link sumParts} then adds them up. `scratch` has room for another F:
 * each image is summed on its own first, which keeps the digits that one sum over all would lose.
 */
export function depthwiseFilterGradient(
  x: usize,
  gradient: usize,
  sums: usize,
  partImages: usize,
  inHeight: isize,
  inWidth: isize,
  channels: usize,
  outHeight: usize,
  outWidth: usize,
  multiplier: usize,
  filterHeight: usize,
  filterWidth: usize,
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
  const inBytes = channels << 2;
  const outBytes = (channels * multiplier) << 2;
  const count = filterHeight * filterWidth * channels * multiplier;
  const filterGradient = sums + (begin / partImages) * (count << 2);
  memory.fill(filterGradient, 0, count << 2);
  x += begin * ((inHeight * inWidth) as usize) * inBytes;
  gradient += begin * outHeight * outWidth * outBytes;
  for (let n = begin; n < end; n++) {
    memory.fill(scratch, 0, count << 2);
    let target = scratch;
    for (let u: usize = 0; u < filterHeight; u++) {
      const firstRow = (u as isize) * dilationHeight - padTop;
      const low = firstInside(firstRow, strideHeight);
      const high = endInside(firstRow, strideHeight, inHeight, outHeight);
      for (let v: usize = 0; v < filterWidth; v++) {
        const firstColumn = (v as isize) * dilationWidth - padLeft;
        const left = firstInside(firstColumn, strideWidth);
        const right = endInside(firstColumn, strideWidth, inWidth, outWidth);
        for (let i = low; i < high; i++) {
          const inRow = (firstRow + (i as isize) * strideHeight) * inWidth + firstColumn;
          for (let j = left; j < right; j++) {
            const pixel = (inRow + (j as isize) * strideWidth) as usize;
            const given = gradient + (i * outWidth + j) * outBytes;
            addProducts(target, x + pixel * inBytes, given, channels, multiplier);
          }
        }
        target += outBytes;
      }
    }
    addScaled(filterGradient, scratch, count, 1);
    x += ((inHeight * inWidth) as usize) * inBytes;
    gradient += outHeight * outWidth * outBytes;
  }
}

/** T[c, m] += x[c] g[c, m]. */
function addProducts(
  target: usize,
  x: usize,
  given: usize,
  channels: usize,
  multiplier: usize,
): void {
  let c: usize = 0;
  if (multiplier === 1) {
    for (; c + 4 <= channels; c += 4) {
      const at = c << 2;
      const sum = multiplyAdd(v128.load(x + at), v128.load(given + at), v128.load(target + at));
      v128.store(target + at, sum);
    }
  }
  for (; c < channels; c++) {
    const at = (c * multiplier) << 2;
    addScaled(target + at, given + at, multiplier, load<f32>(x + (c << 2)));
  }
}
