import type { TrainingSettings } from "./settings.js";

/**
 * The belief that challengers start with together in a generation of the search.
 *
 * `alpha` for the first half of the search, then in equal steps of log-odds to `finalAlpha`: bold
 * while modules are still to be merged, careful once they only have to be told apart.
 *
 * @param generation the generation within the search, from 1.
 * @returns null where every candidate starts the same.
 * @example
 * ```ts
 * alphaAt({ ...defaultSettings, alpha: 0.95, finalAlpha: 0.5, generations: 100 }, 1); // 0.95
 * ```
 */
export function alphaAt(
  { alpha, finalAlpha, generations }: TrainingSettings,
  generation: number,
): number | null {
  if (alpha === null || finalAlpha === null) return alpha;
  const half = generations / 2;
  const progress = Math.min(1, Math.max(0, (generation - half) / (generations - half)));
  if (progress === 0) return alpha;
  return 1 / (1 + Math.exp(-(logOdds(alpha) * (1 - progress) + logOdds(finalAlpha) * progress)));
}

const logOdds = (probability: number) => Math.log(probability / (1 - probability));
