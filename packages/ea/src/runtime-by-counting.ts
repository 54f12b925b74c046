import { binomial, positiveBinomial } from "./binomial.js";
import type { LinearFitnessOptions } from "./linear-fitness.js";
import type { Random } from "./proposal.js";
import { trialGaps } from "./trial-gaps.js";

/**
 * The runtime under uniform sampling and equal weights, where the number of right locations is all
 * of a part's state, and parts do not affect each other: the slowest part decides.
 */
export function runtimeByCounting(
  { initial, optimum, values, parts }: LinearFitnessOptions,
  random: Random,
): number {
  const size = initial.length / parts;
  let slowest = 0;
  for (let part = 0; part < parts; part++) {
    let right = 0;
    for (let location = part * size; location < (part + 1) * size; location++) {
      if (initial[location] === optimum[location]) right++;
    }
    slowest = Math.max(slowest, runtimeOfPart({ right, size, values }, random));
  }
  return slowest;
}

/** A mutant wins if more wrong locations become right than right ones wrong. */
function runtimeOfPart(
  { right, size, values }: { right: number; size: number; values: number },
  random: Random,
): number {
  const mends = 1 / (size * values); // a wrong location is resampled, to its right value
  const breaks = (values - 1) / (size * values);
  let iterations = 0;
  while (right < size) {
    const wrong = size - right;
    // iterations that mend nothing change nothing: skip to the next one that does
    const someMended = -Math.expm1(wrong * Math.log1p(-mends));
    iterations += 1 + trialGaps(someMended, random)();
    const gain =
      positiveBinomial({ trials: wrong, probability: mends }, random) -
      binomial({ trials: right, probability: breaks }, random);
    if (gain > 0) right += gain;
  }
  return iterations;
}
