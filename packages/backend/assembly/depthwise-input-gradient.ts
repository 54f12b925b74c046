import { endInside, firstInside } from "./inside";
import { multiplyAdd } from "./multiply-add";

/**
 * D[n, y, x, c] = sum over places (u, v) of the filter that meet output pixels (i, j), that is
 * i strideHeight + u dilationHeight - padTop = y and j strideWidth + v dilationWidth - padLeft = x,
 * and over m of G[n, i, j, c M + m] F[u, v, c, m]
 *
 * where M is `multiplier`. G is [images, outHeight, outWidth, channels M], F
 * [filterHeight, filterWidth, channels, M], D [images, inHeight, inWidth, channels]; D overlaps
 * neither. The images from `begin` to `end` of D are overwritten.
 */
export function depthwiseInputGradient(
  gradient: usize,
  filter: usize,
  inputGradient: usize,
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
  _scratch: usize,
): void {
  const inBytes = channels << 2;
  const outBytes = (channels * multiplier) << 2;
  const imageBytes = ((inHeight * inWidth) as usize) * inBytes;
  inputGradient += begin * imageBytes;
  gradient += begin * outHeight * outWidth * outBytes;
  memory.fill(inputGradient, 0, (end - begin) * imageBytes);
  for (let n = begin; n < end; n++) {
    let place = filter;
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
            addProductSums(inputGradient + pixel * inBytes, given, place, channels, multiplier);
          }
        }
        place += outBytes;
      }
    }
    inputGradient += imageBytes;
    gradient += outHeight * outWidth * outBytes;
  }
}

/** T[c] += sum over m of g[c, m] f[c, m]. */
function addProductSums(
  target: usize,
  given: usize,
  filter: usize,
  channels: usize,
  multiplier: usize,
): void {
  let c: usize = 0;
  if (multiplier === 1) {
    for (; c + 4 <= channels; c += 4) {
      const at = c << 2;
      const sum = multiplyAdd(
        v128.load(given + at),
        v128.load(filter + at),
        v128.load(target + at),
      );
      v128.store(target + at, sum);
    }
  }
  for (; c < channels; c++) {
    let sum = load<f32>(target + (c << 2));
    for (let m: usize = 0; m < multiplier; m++) {
      const at = (c * multiplier + m) << 2;
      sum += load<f32>(given + at) * load<f32>(filter + at);
    }
    store<f32>(target + (c << 2), sum);
  }
}
