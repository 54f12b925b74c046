/**
 * The value of b0 + a1 / (b1 + a2 / (b2 + …)) by the modified Lentz algorithm.
 *
 * @param term the i-th partial numerator and denominator, i = 1, 2, …
 * @throws {RangeError} if 100,000 terms do not settle it.
 */
export function continuedFraction(
  b0: number,
  term: (i: number) => readonly [a: number, b: number],
): number {
  let value = awayFromZero(b0);
  let c = value;
  let d = 0;
  for (let i = 1; i <= 100_000; i++) {
    const [a, b] = term(i);
    d = 1 / awayFromZero(b + a * d);
    c = awayFromZero(b + a / c);
    const change = c * d;
    value *= change;
    if (Math.abs(change - 1) < 1e-15) return value;
  }
  throw new RangeError("continuedFraction: 100,000 terms must settle it; got no settled value.");
}

function awayFromZero(x: number): number {
  return Math.abs(x) < 1e-300 ? 1e-300 : x;
}
