import type { InitialStrategy } from "./initial-alignment.js";
import type { Sampling } from "./proposal.js";

/** What the growth of the expected runtime depends on. */
export interface RuntimeSetting {
  /** Locations L. */
  readonly locations: number;
  /** Values K. */
  readonly values: number;
  /** Parts D, from 1 to L. */
  readonly parts: number;
  readonly sampling: Sampling;
  readonly initial: InitialStrategy;
}

/**
 * How the theory says the expected runtime of `runtimeOnLinearFitness` grows, without its
 * constant factor: the paper's Table 1, Theorem 3.1 for uniform sampling and 3.2 for proportional.
 *
 * | sampling | parts | growth |
 * |---|---|---|
 * | uniform | D = 1 | K L log L |
 * | uniform | 1 < D < L | K L (log L - log D) log D / D |
 * | uniform | D = L | K log L |
 * | proportional, disjoint start | D = L | log L |
 *
 * Theorem 3.2 cannot hold for every optimum: a value that one location has spreads like a rumour,
 * and takes log L iterations to reach a *constant share* of all locations. So assume that one value
 * is best everywhere, or that the locations fall into a constant number of groups with one best
 * value each, which stands at a location of its own group at the start; there it is never lost.
 * For D < L the same argument gives (L / D) log L, which is returned for proportional sampling; it
 * is ours, not the paper's, and checked by simulation only.
 *
 * These are upper bounds. That for 1 < D < L is not tight: see {@link tightRuntime}.
 *
 * @throws {RangeError} for proportional sampling with another start than `"disjoint"`: values may
 *   then be missing for ever, and there is no expected runtime.
 * @example
 * ```ts
 * const setting = { locations: 1024, values: 1024, initial: "disjoint" } as const;
 * predictedRuntime({ ...setting, parts: 1024, sampling: "uniform" }); // 7097.82712893384
 * predictedRuntime({ ...setting, parts: 1024, sampling: "proportional" }); // 6.931471805599453
 * ```
 */
export function predictedRuntime(setting: RuntimeSetting): number {
  const { locations, values, parts, sampling } = setting;
  checkPredicted("predictedRuntime", setting);
  const between = sampling === "uniform" && parts > 1 && parts < locations;
  if (!between) return tightRuntime(setting);
  return (values * locations * Math.log(locations / parts) * Math.log(parts)) / parts;
}

/**
 * The growth that simulation shows for every D: K (L / D) log L under uniform sampling, and
 * (L / D) log L under proportional sampling from a disjoint start. It is {@link predictedRuntime}
 * at D = 1 and D = L, and smaller than the paper's bound in between.
 *
 * Why: a part of n = L / D locations that still has r wrong ones mends one in about e K n / r
 * iterations. The wait for the last of all L locations is that of the coupon collector, e K n log L,
 * however they are cut into parts. An argument, not a proof.
 *
 * @throws as {@link predictedRuntime}.
 */
export function tightRuntime(setting: RuntimeSetting): number {
  checkPredicted("tightRuntime", setting);
  const { locations, values, parts, sampling } = setting;
  const perLocation = (locations / parts) * Math.log(locations);
  return sampling === "proportional" ? perLocation : values * perLocation;
}

function checkPredicted(caller: string, { sampling, initial }: RuntimeSetting): void {
  if (sampling !== "proportional" || initial === "disjoint") return;
  throw new RangeError(
    `${caller}: proportional sampling has a prediction for the "disjoint" start only; got ${JSON.stringify(initial)}.`,
  );
}
