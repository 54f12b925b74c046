import type { DecompositionPlan, LocationRange } from "./decomposition-plan.js";

/**
 * The locations of one model: a run of neighbours, empty if all its parameters are private.
 *
 * @throws {RangeError} if the plan has no model of that name.
 * @example
 * ```ts
 * modelLocations(plan, "lenet"); // { first: 0, count: 361 }
 * ```
 */
export function modelLocations(plan: DecompositionPlan, model: string): LocationRange {
  return locationsOf(model, { plan, caller: "modelLocations" });
}

/** {@link modelLocations}, with the function to name in the error. */
export function locationsOf(
  model: string,
  { plan, caller }: { plan: DecompositionPlan; caller: string },
): LocationRange {
  const planned = plan.models.find(({ name }) => name === model);
  if (planned === undefined) {
    const names = plan.models.map(({ name }) => `"${name}"`).join(", ");
    throw new RangeError(`${caller}: model must be one of the plan's, ${names}; got "${model}".`);
  }
  return { first: planned.first, count: planned.count };
}
