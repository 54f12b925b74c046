import type { Random, Sampling } from "./proposal.js";

/** How to draw a new value for any location of a solution. */
export function resampling(
  { sampling, values }: { sampling: Sampling; values: number },
  random: Random,
): (solution: Int32Array) => number {
  return sampling === "proportional"
    ? (solution) => solution[Math.floor(random() * solution.length)]!
    : () => Math.floor(random() * values);
}
