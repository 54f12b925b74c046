import { multiplyAdd } from "./multiply-add";

/** ln 2 in two parts: products of the first with small integers are exact. */
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.1219444e-4;
const LOG2_E: f32 = Math.LOG2E as f32;
/** Beyond these e^x is no normal float32 any more. */
const LEAST: f32 = -87.3;
const MOST: f32 = 88.3;

/**
 * e^x in each of four lanes, to two units in the last place, for x from -87.3 to 88.3; beyond that
 * as at the nearer of the two. NaN stays NaN.
 *
 * x = n ln 2 + r with |r| <= ln 2 / 2, so e^x = 2^n e^r. The polynomial for e^r is that of the Cephes
 * library (Moshier), `expf`.
 */
export function exponential(x: v128): v128 {
  const bounded = f32x4.max(f32x4.splat(LEAST), f32x4.min(f32x4.splat(MOST), x));
  const n = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(LOG2_E)));
  let r = f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(LN2_HIGH)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(LN2_LOW)));
  let p = f32x4.splat(1.98756915e-4);
  p = multiplyAdd(p, r, f32x4.splat(1.3981999507e-3));
  p = multiplyAdd(p, r, f32x4.splat(8.3334519073e-3));
  p = multiplyAdd(p, r, f32x4.splat(4.1665795894e-2));
  p = multiplyAdd(p, r, f32x4.splat(1.6666665459e-1));
  p = multiplyAdd(p, r, f32x4.splat(5.0000001201e-1));
  p = multiplyAdd(p, f32x4.mul(r, r), f32x4.add(r, f32x4.splat(1)));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(p, power);
}

/** 1 / (1 + e^-x) in each of four lanes. */
export function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exponential(f32x4.neg(x))));
}

/**
 * tanh x in each of four lanes, to 1e-7.
 *
 * As 1 - 2 / (e^2x + 1), which is exact to 1e-7 in absolute terms; near 0, where that would lose the
 * leading digits of a small result, by its series x - x^3/3 + 2x^5/15 - 17x^7/315.
 */
export function hyperbolicTangent(x: v128): v128 {
  const one = f32x4.splat(1);
  const power = exponential(f32x4.add(x, x));
  const far = f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(power, one)));
  const square = f32x4.mul(x, x);
  let series = f32x4.splat(-17.0 / 315.0);
  series = multiplyAdd(series, square, f32x4.splat(2.0 / 15.0));
  series = multiplyAdd(series, square, f32x4.splat(-1.0 / 3.0));
  const near = multiplyAdd(f32x4.mul(series, square), x, x);
  return v128.bitselect(near, far, f32x4.lt(f32x4.abs(x), f32x4.splat(0.12)));
}
