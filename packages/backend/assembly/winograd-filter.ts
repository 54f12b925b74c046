/**
 * Convolutions with 3 x 3 filters by Winograd's minimal filtering F(4 x 4, 3 x 3) (Lavin & Gray 2016):
 * outputs in tiles of 4 x 4 from inputs of 6 x 6,
 *
 *   Y = A' [(G F G') * (B' X B)] A  with * entry by entry,
 *
 * so that the sum over channels of 36 products, each a matrix product over all tiles, takes the place of
 * 144. With r = sqrt 2, the matrices that evaluate and interpolate polynomials at the points 0, r/2, -r/2,
 * r, -r and infinity are
 *
 *        |  1    0    0  |        | 1   0  -5/2   0   1  0 |        | 1   1    1    1    1   0 |
 *        | -2/3 -r/3 -1/3|        | 0  -r   -2   r/2  1  0 |        | 0  r/2 -r/2   r   -r   0 |
 *    G = | -2/3  r/3 -1/3|   B' = | 0   r   -2  -r/2  1  0 |   A' = | 0  1/2  1/2   2    2   0 |
 *        |  1/6  r/6  1/3|        | 0 -r/2 -1/2   r   1  0 |        | 0  r/4 -r/4  2r  -2r   1 |
 *        |  1/6 -r/6  1/3|        | 0  r/2 -1/2  -r   1  0 |
 *        |  0    0    1  |        | 0   1    0  -5/2  0  1 |
 *
 * Points that are inverses of each other keep the entries near 1, and so the rounding within about ten
 * times that of a plain sum; the points 1 and 2, which are often used, round three times worse.
 */
export const SIDE: usize = 6;
export const PLACES: usize = SIDE * SIDE;
const PANEL: usize = 8;
export const ROOT: f32 = Math.SQRT2 as f32;

/**
 * How far apart the numbers of the 36 places are kept, where each place has `bytes` of them: a line of
 * the cache more. Lines that are a power of 2 apart would push each other out.
 */
export function placeStep(bytes: usize): usize {
  return bytes + 64;
}

/** Bytes of transformed filters: 36 matrices [depth, columns] in panels of 8 columns. */
export function winogradFilterBytes(depth: usize, columns: usize): usize {
  return PLACES * matrixStep(depth, columns);
}

/** How far apart those matrices are. */
export function matrixStep(depth: usize, columns: usize): usize {
  return placeStep((((columns + PANEL - 1) & ~(PANEL - 1)) * depth) << 2);
}

/**
 * U = G F G' for the channels from `begin` to `end` that are summed over, in panels of 8 of the others.
 *
 * F is [3, 3, inChannels, outChannels]. For a convolution the sum is over input channels. If `backward`,
 * for its gradient by the images, it is over output channels, and the filter is turned by half a turn.
 */
export function winogradFilter(
  filter: usize,
  transformed: usize,
  inChannels: usize,
  outChannels: usize,
  backward: bool,
  begin: usize,
  end: usize,
  scratch: usize,
): void {
  const depth = backward ? outChannels : inChannels;
  const columns = backward ? inChannels : outChannels;
  const depthStep: usize = backward ? 4 : outChannels << 2;
  const columnStep: usize = backward ? outChannels << 2 : 4;
  const filterStep = ((inChannels * outChannels) << 2) as isize;
  // the first place that is read, and the way from one to the next
  const first = backward ? filter + ((8 * filterStep) as usize) : filter;
  const step: isize = backward ? -filterStep : filterStep;
  const targetStep = matrixStep(depth, columns);
  for (let d = begin; d < end; d++) {
    for (let c: usize = 0; c < columns; c++) {
      const from = first + d * depthStep + c * columnStep;
      const panel = c / PANEL;
      const target = transformed + (((panel * depth + d) * PANEL + (c % PANEL)) << 2);
      // rows of G F, [6, 3], then times G'
      for (let v: isize = 0; v < 3; v++) {
        const at = from + ((v * step) as usize);
        spread(at, 3 * step, scratch + ((v as usize) << 2), 12);
      }
      for (let u: usize = 0; u < SIDE; u++) {
        spread(scratch + 12 * u, 4, target + SIDE * u * targetStep, targetStep);
      }
    }
  }
}

/** G times three numbers. */
function spread(from: usize, step: isize, target: usize, targetStep: usize): void {
  const a = load<f32>(from);
  const b = load<f32>(from + (step as usize));
  const c = load<f32>(from + ((2 * step) as usize));
  const far: f32 = (a + a + c) * (-1.0 / 3.0);
  const near: f32 = (a + c + c) * (1.0 / 6.0);
  const odd: f32 = b * (ROOT / 6.0);
  store<f32>(target, a);
  store<f32>(target + targetStep, far - (odd + odd));
  store<f32>(target + 2 * targetStep, far + (odd + odd));
  store<f32>(target + 3 * targetStep, near + odd);
  store<f32>(target + 4 * targetStep, near - odd);
  store<f32>(target + 5 * targetStep, c);
}
