import { checkPositiveInteger } from "./check.js";
import { checkParts } from "./check-parts.js";
import type { Random, Sampling } from "./proposal.js";
import { resampling } from "./resampling.js";
import { trialGaps } from "./trial-gaps.js";

/**
 * Scores one part of a solution; higher is better, NaN loses to every number.
 *
 * Part d is the locations from d L / D up to, not including, (d + 1) L / D. The other parts stand
 * as they were when the iteration began, so a part may be scored in its surroundings. `solution`
 * is scratch: read it during the call, keep a copy if you need one.
 */
export type PartFitness = (solution: Int32Array, part: number) => number;

/** The setting of {@link decomposedEvolution}. */
export interface DecomposedEvolutionOptions {
  /** The value of each location at the start, `[L]`; `initialAlignment` makes one. */
  readonly initial: Int32Array;
  /** Values K a location can have: integers from 0 to K - 1. */
  readonly values: number;
  /** Parts D. Must divide L. */
  readonly parts: number;
  /** Mutants per part and iteration. Default 1. */
  readonly lambda?: number;
  /** Where a resampled location's value comes from. Default `"uniform"`. */
  readonly sampling?: Sampling;
}

/** Where {@link decomposedEvolution} stands. Belongs to the receiver; nothing writes to it later. */
export interface Evolved {
  /** 0 for the initial solution. */
  readonly iteration: number;
  /** The value of each location, `[L]`. */
  readonly solution: Int32Array;
  /** The fitness of each part of `solution`, `[D]`. */
  readonly fitness: Float64Array;
}

/**
 * The decomposed K-valued (1+lambda)-EA (the paper's section 3): one elitist search per part,
 * side by side, for any fitness that scores the parts.
 *
 * In each iteration every part draws `lambda` mutants of itself. Each location of a mutant is
 * resampled with probability D / L, once per part on average: from all values alike, or
 * proportionally, the value of a uniformly drawn location of the whole solution as it stood when
 * the iteration began. The part becomes its best mutant if that beats the part as it was; ties
 * keep the part, then the earlier mutant. Keeping ties matters under proportional sampling: a
 * value at its last location can only be lost to a better one.
 *
 * Yields the initial solution, then one solution an iteration, for ever: leave the loop when the
 * fitness suits you. An iteration takes time linear in L, plus D + lambda D calls of `fitness` at
 * most; a mutant in which no location was resampled is not scored.
 *
 * @throws {RangeError} if a count is not a positive integer, `parts` does not divide the number of
 *   locations, or `initial` holds something that is no value.
 * @throws {TypeError} if `initial` is not an Int32Array.
 * @example
 * ```ts
 * const target = [3, 1, 2, 0];
 * const options = { initial: new Int32Array(4), values: 4, parts: 4 };
 * const fitness = (solution: Int32Array, part: number) => -Math.abs(solution[part]! - target[part]!);
 * for (const { iteration, fitness: reached } of decomposedEvolution(options, fitness, createRandom(1))) {
 *   if (reached.every((f) => f === 0)) {
 *     iteration; // 6
 *     break;
 *   }
 * }
 * ```
 */
export function decomposedEvolution(
  options: DecomposedEvolutionOptions,
  fitness: PartFitness,
  random: Random,
): Generator<Evolved, never, void> {
  const { initial, values, parts, lambda = 1, sampling = "uniform" } = options;
  checkPositiveInteger("decomposedEvolution", "lambda", lambda);
  checkParts("decomposedEvolution", { initial, values, parts, sampling });
  return evolve({ initial, values, parts, lambda, sampling }, fitness, random);
}

function* evolve(
  setting: Required<DecomposedEvolutionOptions>,
  fitness: PartFitness,
  random: Random,
): Generator<Evolved, never, void> {
  const { initial, parts, lambda } = setting;
  const size = initial.length / parts;
  const draw = resampling(setting, random);
  const gap = trialGaps(1 / size, random);
  let solution = initial.slice();
  for (let iteration = 0; ; iteration++) {
    const scratch = solution.slice(); // the parents, and in one part at a time a mutant
    const best = Float64Array.from({ length: parts }, (_, part) => fitness(scratch, part));
    yield { iteration, solution: solution.slice(), fitness: best.slice() };
    const next = solution.slice();
    for (let part = 0; part < parts; part++) {
      const start = part * size;
      const end = start + size;
      for (let mutant = 0; mutant < lambda; mutant++) {
        let changed = false;
        for (let location = start + gap(); location < end; location += 1 + gap()) {
          const value = draw(solution);
          changed ||= value !== solution[location];
          scratch[location] = value;
        }
        if (!changed) continue; // scored already, as the parent
        const score = fitness(scratch, part);
        if (beats(score, best[part]!)) {
          best[part] = score;
          copy(scratch, next, start, end);
        }
        copy(solution, scratch, start, end);
      }
    }
    solution = next;
  }
}

/** NaN never wins, and loses to every number. */
function beats(score: number, best: number): boolean {
  return score > best || (Number.isNaN(best) && !Number.isNaN(score));
}

function copy(from: Int32Array, to: Int32Array, start: number, end: number): void {
  for (let location = start; location < end; location++) to[location] = from[location]!;
}
