import { multiplyAdd } from "./multiply-add";
import { ROOT, SIDE } from "./winograd-filter";

/** Bytes of scratch memory for {@link transformTile}. */
export function tileScratch(channels: usize): usize {
  return SIDE * SIDE * 16 + patchBytes(channels);
}

function patchBytes(channels: usize): usize {
  return (SIDE * SIDE * channels) << 2;
}

/**
 * V = B' X B of one tile of 6 x 6 pixels for all channels, a multiple of 4: number (i, j) goes to
 * `target + (6 i + j) * placeStep`, a row of channels each.
 *
 * `row` and `column` are those of the tile's first pixel in its image, which is 0 outside.
 */
export function transformTile(
  image: usize,
  row: isize,
  column: isize,
  height: isize,
  width: isize,
  channels: usize,
  target: usize,
  placeStep: usize,
  scratch: usize,
): void {
  const bytes = channels << 2;
  const side = SIDE as isize;
  let from = image + ((row * width + column) as usize) * bytes;
  let rowBytes = (width as usize) * bytes;
  if (row < 0 || column < 0 || row + side > height || column + side > width) {
    from = scratch + SIDE * SIDE * 16;
    rowBytes = SIDE * bytes;
    copyPatch(image, row, column, height, width, bytes, from);
  }
  for (let at: usize = 0; at < bytes; at += 16) {
    // B' X, column by column, then times B, row by row
    transformSixes(from + at, rowBytes, bytes, scratch, SIDE << 4, 16);
    transformSixes(scratch, 16, SIDE << 4, target + at, placeStep, SIDE * placeStep);
  }
}

/** The 6 x 6 pixels from (row, column) on, with zeros where the image has none. */
function copyPatch(
  image: usize,
  row: isize,
  column: isize,
  height: isize,
  width: isize,
  pixelBytes: usize,
  patch: usize,
): void {
  const side = SIDE as isize;
  const left = min<isize>(max<isize>(-column, 0), side);
  const right = max<isize>(min<isize>(width - column, side), left);
  for (let i = row; i < row + side; i++) {
    if (i < 0 || i >= height || left === right) {
      memory.fill(patch, 0, SIDE * pixelBytes);
    } else {
      const from = image + ((i * width + column + left) as usize) * pixelBytes;
      memory.fill(patch, 0, (left as usize) * pixelBytes);
      const inside = patch + (left as usize) * pixelBytes;
      memory.copy(inside, from, ((right - left) as usize) * pixelBytes);
      const after = patch + (right as usize) * pixelBytes;
      memory.fill(after, 0, ((side - right) as usize) * pixelBytes);
    }
    patch += SIDE * pixelBytes;
  }
}

/**
 * B' times six vectors, `step` bytes apart, for six such columns, which are `next` bytes apart; all in one
 * call, since there are too many of them to be inlined.
 */
function transformSixes(
  from: usize,
  step: usize,
  next: usize,
  target: usize,
  targetStep: usize,
  targetNext: usize,
): void {
  const fiveHalves = f32x4.splat(-2.5);
  const two = f32x4.splat(-2);
  const half = f32x4.splat(-0.5);
  for (let column: usize = 0; column < SIDE; column++) {
    const d0 = v128.load(from);
    const d1 = v128.load(from + step);
    const d2 = v128.load(from + 2 * step);
    const d3 = v128.load(from + 3 * step);
    const d4 = v128.load(from + 4 * step);
    const d5 = v128.load(from + 5 * step);
    v128.store(target, multiplyAdd(d2, fiveHalves, f32x4.add(d0, d4)));
    v128.store(target + 5 * targetStep, multiplyAdd(d3, fiveHalves, f32x4.add(d1, d5)));
    let even = multiplyAdd(d2, two, d4);
    let odd = f32x4.mul(multiplyAdd(d1, two, d3), f32x4.splat(ROOT / 2));
    v128.store(target + targetStep, f32x4.add(even, odd));
    v128.store(target + 2 * targetStep, f32x4.sub(even, odd));
    even = multiplyAdd(d2, half, d4);
    odd = f32x4.mul(multiplyAdd(d1, half, d3), f32x4.splat(ROOT));
    v128.store(target + 3 * targetStep, f32x4.add(even, odd));
    v128.store(target + 4 * targetStep, f32x4.sub(even, odd));
    from += next;
    target += targetNext;
  }
}
