/**
 * Y[n, i, j, c] = the largest of X[n, i strideHeight + u - padTop, j strideWidth + v - padLeft, c] over the
 * places (u, v) of a window that lie inside the image.
 *
 * X is [images, inHeight, inWidth, channels], Y [images, outHeight, outWidth, channels] and does not
 * overlap it. Of Y the rows from `begin` to `end` are overwritten, counted through all images.
 */
export function maxPool(
  x: usize,
  y: usize,
  inHeight: isize,
  inWidth: isize,
  channels: usize,
  outHeight: usize,
  outWidth: usize,
  windowHeight: isize,
  windowWidth: isize,
  strideHeight: isize,
  strideWidth: isize,
  padTop: isize,
  padLeft: isize,
  begin: usize,
  end: usize,
  _scratch: usize,
): void {
  const pixelBytes = channels << 2;
  const lowest = f32x4.splat(f32.NEGATIVE_INFINITY);
  y += begin * outWidth * pixelBytes;
  for (let line = begin; line < end; line++) {
    const image = x + (line / outHeight) * ((inHeight * inWidth) as usize) * pixelBytes;
    const top = ((line % outHeight) as isize) * strideHeight - padTop;
    const firstRow = max<isize>(top, 0);
    const rowsEnd = min<isize>(top + windowHeight, inHeight);
    for (let j: usize = 0; j < outWidth; j++) {
      const left = (j as isize) * strideWidth - padLeft;
      const firstColumn = max<isize>(left, 0);
      const columnsEnd = min<isize>(left + windowWidth, inWidth);
      let at: usize = 0;
      for (; at + 16 <= pixelBytes; at += 16) {
        let largest = lowest;
        for (let row = firstRow; row < rowsEnd; row++) {
          for (let column = firstColumn; column < columnsEnd; column++) {
            const pixel = image + ((row * inWidth + column) as usize) * pixelBytes;
            largest = f32x4.max(largest, v128.load(pixel + at));
          }
        }
        v128.store(y + at, largest);
      }
      for (; at < pixelBytes; at += 4) {
        let largest: f32 = f32.NEGATIVE_INFINITY;
        for (let row = firstRow; row < rowsEnd; row++) {
          for (let column = firstColumn; column < columnsEnd; column++) {
            const pixel = image + ((row * inWidth + column) as usize) * pixelBytes;
            largest = max<f32>(largest, load<f32>(pixel + at));
          }
        }
        store<f32>(y + at, largest);
      }
      y += pixelBytes;
    }
  }
}

/**
 * The gradient of {@link maxPool} by X, given that of Y: each number of it goes to the first place of its
 * window where X is what Y is, and is added to what other windows give that place.
 *
 * D is like X and overlaps nothing. The images from `begin` to `end` of D are overwritten.
 */
export function maxPoolGradient(
  x: usize,
  y: usize,
  gradient: usize,
  inputGradient: usize,
  inHeight: isize,
  inWidth: isize,
  channels: usize,
  outHeight: usize,
  outWidth: usize,
  windowHeight: isize,
  windowWidth: isize,
  strideHeight: isize,
  strideWidth: isize,
  padTop: isize,
  padLeft: isize,
  begin: usize,
  end: usize,
  _scratch: usize,
): void {
  const pixelBytes = channels << 2;
  const imageBytes = ((inHeight * inWidth) as usize) * pixelBytes;
  const skipped = begin * outHeight * outWidth * pixelBytes;
  y += skipped;
  gradient += skipped;
  memory.fill(inputGradient + begin * imageBytes, 0, (end - begin) * imageBytes);
  for (let n = begin; n < end; n++) {
    for (let i: usize = 0; i < outHeight; i++) {
      const top = (i as isize) * strideHeight - padTop;
      const firstRow = max<isize>(top, 0);
      const rowsEnd = min<isize>(top + windowHeight, inHeight);
      for (let j: usize = 0; j < outWidth; j++) {
        const left = (j as isize) * strideWidth - padLeft;
        const firstColumn = max<isize>(left, 0);
        const columnsEnd = min<isize>(left + windowWidth, inWidth);
        let at: usize = 0;
        for (; at + 16 <= pixelBytes; at += 16) {
          const largest = v128.load(y + at);
          let given = v128.load(gradient + at);
          for (let row = firstRow; row < rowsEnd; row++) {
            for (let column = firstColumn; column < columnsEnd; column++) {
              const pixel = n * imageBytes + ((row * inWidth + column) as usize) * pixelBytes + at;
              const isIt = f32x4.eq(v128.load(x + pixel), largest);
              const target = inputGradient + pixel;
              v128.store(target, f32x4.add(v128.load(target), v128.and(given, isIt)));
              given = v128.andnot(given, isIt); // the first place gets all
            }
          }
        }
        for (; at < pixelBytes; at += 4) {
          const largest = load<f32>(y + at);
          let given = load<f32>(gradient + at);
          for (let row = firstRow; row < rowsEnd; row++) {
            for (let column = firstColumn; column < columnsEnd; column++) {
              const pixel = n * imageBytes + ((row * inWidth + column) as usize) * pixelBytes + at;
              if (load<f32>(x + pixel) === largest) {
                const target = inputGradient + pixel;
                store<f32>(target, load<f32>(target) + given);
                given = 0;
              }
            }
          }
        }
        y += pixelBytes;
        gradient += pixelBytes;
      }
    }
  }
}
