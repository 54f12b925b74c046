import type { LinearFitnessOptions } from "./linear-fitness.js";
import { linearProgress } from "./linear-progress.js";
import type { Random } from "./proposal.js";
import { resampling } from "./resampling.js";
import { trialGaps } from "./trial-gaps.js";

/**
 * The runtime of any setting, mutant by mutant.
 *
 * All iterations are one long row of trials, "is this location resampled?", of which only the
 * successes are visited. Parts at their optimum take no trials: no mutant of theirs can win.
 */
export function runtimeByMutating(options: LinearFitnessOptions, random: Random): number {
  const {
    initial,
    optimum,
    parts,
    weights,
    maximumIterations = Number.POSITIVE_INFINITY,
  } = options;
  const size = initial.length / parts;
  const gap = trialGaps(1 / size, random);
  const draw = resampling(options, random);
  const progress = linearProgress(options);
  const { solution } = progress;
  const changes = {
    locations: new Int32Array(initial.length),
    values: new Int32Array(initial.length),
  };
  let open = progress.openParts(Int32Array.from({ length: parts }, (_, part) => part));
  let iterations = 0;
  let trial = gap(); // the next resampling, counted from the start of the coming iteration
  while (open.length > 0) {
    if (progress.stuck()) return Number.POSITIVE_INFINITY;
    const trials = open.length * size;
    iterations += 1 + Math.floor(trial / trials);
    if (iterations > maximumIterations) return Number.POSITIVE_INFINITY;
    let count = 0;
    for (trial %= trials; trial < trials; ) {
      const index = Math.floor(trial / size);
      const kept = count;
      let gain = 0;
      for (const end = (index + 1) * size; trial < end; trial += 1 + gap()) {
        const location = open[index]! * size + (trial - index * size);
        const value = draw(solution);
        const right = optimum[location]!;
        const weight = weights === undefined ? 1 : weights[location]!;
        if (value === right) gain += weight;
        if (solution[location] === right) gain -= weight;
        changes.locations[count] = location;
        changes.values[count++] = value;
      }
      if (!(gain > 0)) count = kept; // the parent stays, ties included
    }
    trial -= trials;
    if (count === 0) continue;
    progress.apply(changes, count);
    open = progress.openParts(open);
  }
  return iterations;
}
