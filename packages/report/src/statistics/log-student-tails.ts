import { continuedFraction } from "./continued-fraction.js";
import { logGamma } from "./log-gamma.js";

/**
 * ln P(|T| > |t|) of Student's t: both tails, without underflow.
 *
 * It is ln I_x(n / 2, 1 / 2) with x = n / (n + t^2) (Abramowitz and Stegun, 26.7.1).
 *
 * @param degreesOfFreedom n, positive.
 * @example
 * ```ts
 * Math.exp(logStudentTails(2.262, 9)); // 0.05
 * ```
 */
export function logStudentTails(t: number, degreesOfFreedom: number): number {
  if (!Number.isFinite(t)) return Number.isNaN(t) ? Number.NaN : Number.NEGATIVE_INFINITY;
  const square = t * t;
  const x = degreesOfFreedom / (degreesOfFreedom + square);
  const y = square / (degreesOfFreedom + square); // 1 - x, without the rounding
  if (y === 0) return 0;
  const [a, b] = [degreesOfFreedom / 2, 0.5];
  const fits = x < (a + 1) / (a + b + 2); // where the fraction converges fast
  return fits ? logBeta(a, b, x, y) : Math.log1p(-Math.exp(logBeta(b, a, y, x)));
}

/** ln I_x(a, b) by its continued fraction (Abramowitz and Stegun, 26.5.8); `y` is 1 - x. */
function logBeta(a: number, b: number, x: number, y: number): number {
  const fraction = continuedFraction(1, (i) => {
    const m = Math.floor(i / 2);
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    return [i % 2 === 0 ? even : odd, 1];
  });
  const logFront = a * Math.log(x) + b * Math.log(y) - Math.log(a);
  const logComplete = logGamma(a) + logGamma(b) - logGamma(a + b);
  return logFront - logComplete - Math.log(fraction);
}
