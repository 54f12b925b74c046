import { checkPositiveInteger } from "./check.js";
import { type GrowthSetting, growthSettings } from "./growth-settings.js";
import { type MeasuredRuntime, measureRuntime, simulationWork } from "./measure-runtime.js";
import { predictedRuntime, type RuntimeSetting } from "./predicted-runtime.js";
import type { Random } from "./proposal.js";

/** A row of {@link growthTable}. */
export interface GrowthRecord extends MeasuredRuntime {
  /** Predicted growth; its constant factor is unknown. */
  readonly predicted: number;
  /**
   * mean / predicted, divided by the same at the setting's largest L: 1 in its last row, and about
   * constant where the prediction is right.
   */
  readonly ratio: number;
}

/** What {@link growthTable} measures. Everything has a default. */
export interface GrowthTableOptions {
  /** Default {@link growthSettings}. */
  readonly settings?: readonly GrowthSetting[];
  /** Numbers of locations. Default 2^4, 2^5, ... 2^20. */
  readonly locations?: readonly number[];
  /** Runs per row, at least 2. Default 20. */
  readonly runs?: number;
  /** Leave out rows expected to draw more random numbers than this. Default 1.2e8, ten seconds or so. */
  readonly budget?: number;
  /** Default {@link predictedRuntime}. */
  readonly predict?: (setting: RuntimeSetting) => number;
}

/**
 * Measured against predicted growth of the runtime: Table 1 of the paper, and Theorems 3.1 and 3.2,
 * by simulation. One row for each setting and number of locations, in that order, but for rows
 * over the budget.
 *
 * For progress while it runs, call it for one setting at a time.
 *
 * @throws {RangeError} if `runs` is not an integer from 2 up, or a number of locations not one
 *   from 2 up; or what `predict` throws, before anything is measured.
 * @example
 * ```ts
 * const settings = growthSettings.filter(({ name }) => name === "proportional, D = L");
 * const rows = growthTable({ settings, locations: [64, 4096], runs: 100 }, createRandom(1));
 * rows.map((row) => row.mean); // [9.03, 16.07]: L is 64 times as large
 * rows.map((row) => row.ratio); // [1.1238332296204108, 1]
 * ```
 */
export function growthTable(
  {
    settings = growthSettings,
    locations = Array.from({ length: 17 }, (_, i) => 2 ** (i + 4)),
    runs = 20,
    budget = 1.2e8,
    predict = predictedRuntime,
  }: GrowthTableOptions,
  random: Random,
): GrowthRecord[] {
  for (const count of locations) checkAtLeastTwo("locations", count);
  checkAtLeastTwo("runs", runs);
  return settings.flatMap((setting) => {
    const feasible = locations.filter((count) => runs * simulationWork(setting, count) <= budget);
    const predictions = feasible.map((count) =>
      predict({ ...setting, ...sizesOf(setting, count) }),
    );
    const rows = feasible.map((count, i) => {
      const measured = measureRuntime(setting, { locations: count, runs }, random);
      return { ...measured, predicted: predictions[i]! };
    });
    const last = rows.reduce((a, b) => (b.locations > a.locations ? b : a), rows[0]!);
    return rows.map((row) => ({
      ...row,
      ratio: row.mean / row.predicted / (last.mean / last.predicted),
    }));
  });
}

function sizesOf({ parts, values }: GrowthSetting, locations: number) {
  return { locations, parts: parts(locations), values: values(locations) };
}

function checkAtLeastTwo(name: string, value: number): void {
  checkPositiveInteger("growthTable", name, value);
  if (value < 2) throw new RangeError(`growthTable: ${name} must be at least 2; got ${value}.`);
}
