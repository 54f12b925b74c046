import { checkPositiveInteger, checkValues } from "./check.js";
import { checkParts } from "./check-parts.js";
import type { LinearFitnessOptions } from "./linear-fitness.js";
import type { Random } from "./proposal.js";
import { runtimeByCounting } from "./runtime-by-counting.js";
import { runtimeByMutating } from "./runtime-by-mutating.js";

/**
 * Iterations until the decomposed K-valued (1+1)-EA stands at the optimum of a linear fitness: the
 * number that the paper's Theorems 3.1 and 3.2 bound.
 *
 * The search is that of `decomposedEvolution` with `lambda` 1 and the fitness of a part the
 * sum of the weights of its right locations. The result has exactly its distribution, but nothing
 * that cannot matter is drawn. Under uniform sampling with equal weights a part's future depends
 * on its number of right locations only, so each run takes time linear in L, however many
 * iterations it counts. Otherwise time goes with the number of resampled locations.
 *
 * @returns the number of iterations, 0 if `initial` is the optimum; `Infinity` if the optimum was
 *   not reached within `maximumIterations`, or cannot be: under proportional sampling a value that
 *   no location holds never comes back.
 * @throws {RangeError} if a count is not a positive integer, `parts` does not divide the number of
 *   locations, `optimum` or `weights` has another length, a weight is not a positive number, or
 *   `initial` or `optimum` holds something that is no value.
 * @throws {TypeError} if `initial` or `optimum` is not an Int32Array.
 * @example
 * ```ts
 * const optimum = new Int32Array(1000); // module 0 is best everywhere
 * const initial = initialAlignment("disjoint", { locations: 1000, modules: 1000 });
 * const setting = { initial, optimum, values: 1000, parts: 1000 };
 * runtimeOnLinearFitness({ ...setting, sampling: "uniform" }, createRandom(1)); // 7650
 * runtimeOnLinearFitness({ ...setting, sampling: "proportional" }, createRandom(1)); // 14
 * ```
 */
export function runtimeOnLinearFitness(options: LinearFitnessOptions, random: Random): number {
  const { maximumIterations = Number.POSITIVE_INFINITY, weights } = options;
  checkParts("runtimeOnLinearFitness", options);
  checkOptimum(options);
  if (maximumIterations !== Number.POSITIVE_INFINITY) {
    checkPositiveInteger("runtimeOnLinearFitness", "maximumIterations", maximumIterations);
  }
  const countsSuffice = options.sampling === "uniform" && weights === undefined;
  const simulate = countsSuffice ? runtimeByCounting : runtimeByMutating;
  const iterations = simulate({ ...options, maximumIterations }, random);
  return iterations > maximumIterations ? Number.POSITIVE_INFINITY : iterations;
}

function checkOptimum({ initial, optimum, values, weights }: LinearFitnessOptions): void {
  checkValues("runtimeOnLinearFitness", "optimum", optimum, values);
  for (const [name, array] of Object.entries({ optimum, ...(weights && { weights }) })) {
    if (array.length !== initial.length) {
      throw new RangeError(
        `runtimeOnLinearFitness: ${name} must have one entry for each of the ${initial.length} locations; got ${array.length}.`,
      );
    }
  }
  const wrong = weights?.findIndex((weight) => !(weight > 0 && weight < Number.POSITIVE_INFINITY));
  if (weights !== undefined && wrong !== undefined && wrong >= 0) {
    throw new RangeError(
      `runtimeOnLinearFitness: weights must be positive numbers; got ${weights[wrong]} at location ${wrong}.`,
    );
  }
}
