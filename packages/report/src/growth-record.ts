import { groupBy } from "./group-by.js";

/** One point of a growth curve: how long a search of one setting took at one size. */
export interface GrowthRecord {
  /** Which search: `D = 1`, `D = L, proportional`. Records of equal setting make one line. */
  readonly setting: string;
  /** Locations L. */
  readonly locations: number;
  /** Parts D, each with a fitness of its own. */
  readonly parts: number;
  /** Values K a location can take. */
  readonly values: number;
  /** Independent runs behind the mean. */
  readonly runs: number;
  /** Iterations until the optimum. */
  readonly mean: number;
  readonly standardError: number;
  /** The theory's growth, up to a constant factor (Table 1 and Theorem 3.2 of the paper). */
  readonly predicted: number;
}

/** Records of one setting, smallest L first, with the factor that fits the theory to them. */
export interface GrowthSeries {
  readonly setting: string;
  readonly points: readonly GrowthRecord[];
  /**
   * What to multiply `predicted` by: the geometric mean of measured over predicted, the least
   * squares fit on a logarithmic axis. NaN where no point has both positive.
   */
  readonly factor: number;
}

/** Records in lines, in the order in which their settings first appear. */
export function growthSeries(records: readonly GrowthRecord[]): GrowthSeries[] {
  return [...groupBy(records, ({ setting }) => setting)].map(([setting, members]) => {
    const points = members.toSorted((a, b) => a.locations - b.locations);
    const ratios = points
      .map(({ mean, predicted }) => Math.log(mean / predicted))
      .filter(Number.isFinite);
    const sum = ratios.reduce((total, ratio) => total + ratio, 0);
    return { setting, points, factor: Math.exp(sum / ratios.length) };
  });
}

/** @throws {RangeError} if there is no record, or one is nothing a logarithmic chart can show. */
export function checkGrowthRecords(records: readonly GrowthRecord[]): void {
  if (records.length === 0) {
    throw new RangeError("growthChart: records must hold at least one point; got none.");
  }
  records.forEach(({ locations, mean }, i) => {
    if (!(locations > 0 && mean > 0 && Number.isFinite(locations * mean))) {
      throw new RangeError(
        `growthChart: locations and mean must be positive numbers; got ${locations} and ${mean} in record ${i}.`,
      );
    }
  });
}
