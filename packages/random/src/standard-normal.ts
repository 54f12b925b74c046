/**
 * One draw from N(0, 1), by the Box-Muller transform of two uniform draws.
 *
 * Its twin is thrown away: keeping it would be state that no checkpoint sees.
 */
export function standardNormal(random: () => number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random())); // 1 - u is never 0
  return radius * Math.cos(2 * Math.PI * random());
}
