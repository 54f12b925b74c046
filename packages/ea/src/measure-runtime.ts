import { checkPositiveInteger } from "./check.js";
import type { GrowthSetting } from "./growth-settings.js";
import { initialAlignment } from "./initial-alignment.js";
import type { Random } from "./proposal.js";
import { runtimeOnLinearFitness } from "./runtime-on-linear-fitness.js";

/** The mean runtime of one setting at one size. */
export interface MeasuredRuntime {
  /** The name of the setting. */
  readonly setting: string;
  /** L. */
  readonly locations: number;
  /** D. */
  readonly parts: number;
  /** K. */
  readonly values: number;
  readonly runs: number;
  /** Iterations to the optimum, averaged over the runs. */
  readonly mean: number;
  /** Of the mean. */
  readonly standardError: number;
}

/**
 * Runs {@link runtimeOnLinearFitness} again and again.
 *
 * @param options `runs` from 2 up, for a standard error.
 * @throws {RangeError} if `runs` is not an integer from 2 up or `groups` not a positive one.
 * @throws as {@link runtimeOnLinearFitness} and {@link initialAlignment}.
 */
export function measureRuntime(
  setting: GrowthSetting,
  { locations, runs }: { locations: number; runs: number },
  random: Random,
): MeasuredRuntime {
  const { name, sampling, groups = 1 } = setting;
  checkPositiveInteger("measureRuntime", "groups", groups);
  checkPositiveInteger("measureRuntime", "runs", runs);
  if (runs < 2) {
    throw new RangeError(
      `measureRuntime: runs must be at least 2, for a standard error; got ${runs}.`,
    );
  }
  const parts = setting.parts(locations);
  const values = setting.values(locations);
  const optimum = Int32Array.from({ length: locations }, (_, location) => location % groups);
  const times = Float64Array.from({ length: runs }, () => {
    const initial = initialAlignment(setting.initial, { locations, modules: values, random });
    return runtimeOnLinearFitness({ initial, optimum, values, parts, sampling }, random);
  });
  const mean = times.reduce((sum, time) => sum + time, 0) / runs;
  const variance = times.reduce((sum, time) => sum + (time - mean) ** 2, 0) / (runs - 1);
  const standardError = Math.sqrt(variance / runs);
  return { setting: name, locations, parts, values, runs, mean, standardError };
}

/** About how many random numbers one run draws: measured, not derived. */
export function simulationWork(setting: GrowthSetting, locations: number): number {
  if (setting.sampling === "uniform") return 5.2 * locations;
  const rounds = setting.parts(locations) === locations ? 1.5 : 4.4;
  return rounds * locations * Math.log(locations);
}
