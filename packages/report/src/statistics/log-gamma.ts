/**
 * ln Γ(x) for x > 0, to about 14 digits: Stirling's series (Abramowitz and Stegun, 6.1.41) from 10
 * up, and Γ(x + 1) = x Γ(x) to get there.
 */
export function logGamma(x: number): number {
  let shifted = x;
  let product = 1;
  while (shifted < 10) {
    product *= shifted;
    shifted++;
  }
  const square = shifted * shifted;
  const series =
    (1 / 12 -
      (1 / 360 -
        (1 / 1260 - (1 / 1680 - (1 / 1188 - 691 / 360360 / square) / square) / square) / square) /
        square) /
    shifted;
  const stirling = (shifted - 0.5) * Math.log(shifted) - shifted + 0.5 * Math.log(2 * Math.PI);
  return stirling + series - Math.log(product);
}
