import type { Random } from "./proposal.js";

/** Below the last bit of any draw: where rounding kept a draw from being spent, stop here. */
const NEGLIGIBLE = 2 ** -60;

interface Trials {
  readonly trials: number;
  readonly probability: number;
}

/** Draws how many of `trials` succeed, by inversion: made for expectations of about 1 or less. */
export function binomial({ trials, probability }: Trials, random: Random): number {
  if (trials === 0 || probability <= 0) return 0;
  if (probability >= 1) return trials;
  const none = Math.exp(trials * Math.log1p(-probability));
  return invert(random(), { first: 0, mass: none, trials, odds: probability / (1 - probability) });
}

/** Draws how many of `trials` succeed, given that at least one does. */
export function positiveBinomial({ trials, probability }: Trials, random: Random): number {
  if (probability >= 1) return trials;
  const logNone = trials * Math.log1p(-probability);
  const odds = probability / (1 - probability);
  const one = (trials * odds * Math.exp(logNone)) / -Math.expm1(logNone);
  return invert(random(), { first: 1, mass: one, trials, odds });
}

/** The first count at which the probabilities, `mass` at `first` and on by recurrence, exceed `draw`. */
function invert(
  draw: number,
  { first, mass, trials, odds }: { first: number; mass: number; trials: number; odds: number },
): number {
  let count = first;
  let left = draw - mass;
  let next = mass;
  while (left >= 0 && count < trials && next > NEGLIGIBLE) {
    next *= (odds * (trials - count)) / (count + 1);
    count++;
    left -= next;
  }
  return count;
}
