import { continuedFraction } from "./continued-fraction.js";

/**
 * ln P(Z > z) of a standard normal Z, to about 13 digits for any z: at 40, where the probability
 * itself is 1e-350 and no double, it is -804.6.
 *
 * Abramowitz and Stegun, 26.2.11 (power series) under 2 and 26.2.14 (continued fraction) above.
 *
 * @example
 * ```ts
 * logNormalTail(0); // -0.693
 * ```
 */
export function logNormalTail(z: number): number {
  if (z < 0) return Math.log1p(-Math.exp(logNormalTail(-z)));
  const logDensity = -0.5 * z * z - halfLogTwoPi;
  if (z < 2) return Math.log(0.5 - Math.exp(logDensity) * series(z));
  return logDensity - Math.log(continuedFraction(z, (i) => [i, z]));
}

/** z + z^3 / 3 + z^5 / (3 * 5) + … */
function series(z: number): number {
  let term = z;
  let sum = z;
  for (let odd = 3; term > 1e-17 * sum; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return sum;
}

const halfLogTwoPi = 0.5 * Math.log(2 * Math.PI);
