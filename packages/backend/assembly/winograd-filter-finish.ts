import { multiplyAdd } from "./multiply-add";
import { PLACES, placeStep, ROOT, SIDE } from "./winograd-filter";

/** Bytes of the sums of one part of {@link winogradFilterGradient}. */
export function winogradSumsBytes(pairs: usize): usize {
  return PLACES * placeStep(pairs << 2);
}

/**
 * dF = G' dU G, for the pairs of channels from `begin` to `end`, multiples of 4, where dU is the sum over
 * the `parts` of {@link winogradFilterGradient} in their order. F is [3, 3, inChannels, outChannels],
 * `pairs` = inChannels * outChannels. `scratch` has room for 36 vectors.
 */
export function winogradFilterFinish(
  sums: usize,
  parts: usize,
  filterGradient: usize,
  pairs: usize,
  begin: usize,
  end: usize,
  scratch: usize,
): void {
  const step = placeStep(pairs << 2);
  for (let pair = begin; pair < end; pair += 4) {
    for (let place: usize = 0; place < PLACES; place++) {
      let sum = f32x4.splat(0);
      let at = sums + place * step + (pair << 2);
      for (let part: usize = 0; part < parts; part++) {
        sum = f32x4.add(sum, v128.load(at));
        at += PLACES * step;
      }
      v128.store(scratch + (place << 4), sum);
    }
    // G' dU, [3, 6], in the place of its first rows; then times G
    for (let v: usize = 0; v < SIDE; v++) {
      gather(scratch + (v << 4), SIDE << 4, scratch + (v << 4), SIDE << 4);
    }
    for (let u: usize = 0; u < 3; u++) {
      const target = filterGradient + ((3 * u * pairs + pair) << 2);
      gather(scratch + SIDE * (u << 4), 16, target, pairs << 2);
    }
  }
}

/** G' times six vectors. */
function gather(from: usize, step: usize, target: usize, targetStep: usize): void {
  const first = v128.load(from);
  const u1 = v128.load(from + step);
  const u2 = v128.load(from + 2 * step);
  const u3 = v128.load(from + 3 * step);
  const u4 = v128.load(from + 4 * step);
  const last = v128.load(from + 5 * step);
  const far = f32x4.mul(f32x4.add(u1, u2), f32x4.splat(-1.0 / 3.0));
  const near = f32x4.mul(f32x4.add(u3, u4), f32x4.splat(1.0 / 6.0));
  const two = f32x4.splat(2);
  const odd = multiplyAdd(f32x4.sub(u2, u1), two, f32x4.sub(u3, u4));
  v128.store(target, multiplyAdd(far, two, f32x4.add(first, near)));
  v128.store(target + targetStep, f32x4.mul(odd, f32x4.splat(ROOT / 6.0)));
  v128.store(target + 2 * targetStep, multiplyAdd(near, two, f32x4.add(far, last)));
}
