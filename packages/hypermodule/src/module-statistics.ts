import { type Bank, checkBank } from "./bank.js";
import { checkCandidates, settled } from "./candidates.js";

/** What one hypermodule is used for and how large its numbers are (paper, Table 4). */
export interface ModuleStatistics {
  readonly module: number;
  /** Locations that use it. */
  readonly locations: number;
  /** Models with such a location. Two or more: the module is generic; one: it is specific. */
  readonly models: number;
  readonly mean: number;
  readonly deviation: number;
  /** Euclidean norm of all its entries. */
  readonly norm: number;
  /** Largest absolute entry. */
  readonly maximum: number;
}

/**
 * Statistics of every hypermodule in use.
 *
 * @param alignment the module of each location, `[L]`.
 * @param models the number of the model each location belongs to, `[L]`.
 * @throws {RangeError} if the alignment does not fit the bank, or the models not the alignment.
 */
export async function moduleStatistics(
  bank: Bank,
  alignment: Int32Array,
  models: Int32Array,
): Promise<ModuleStatistics[]> {
  checkBank(bank, alignment.length, "moduleStatistics");
  checkCandidates(settled(alignment), bank.modules.shape[0], "moduleStatistics");
  if (alignment.length !== models.length) {
    throw new RangeError(
      `moduleStatistics: models must name one model for each of ${alignment.length} locations; got ${models.length}.`,
    );
  }
  const users = new Map<number, { locations: number; models: Set<number> }>();
  alignment.forEach((module, l) => {
    const user = users.get(module) ?? { locations: 0, models: new Set<number>() };
    user.locations++;
    user.models.add(models[l]!);
    users.set(module, user);
  });
  const values = (await bank.modules.data()) as Float32Array;
  const size = values.length / bank.modules.shape[0];
  return [...users]
    .sort(([a], [b]) => a - b)
    .map(([module, user]) => ({
      module,
      locations: user.locations,
      models: user.models.size,
      ...spread(values.subarray(module * size, (module + 1) * size)),
    }));
}

function spread(values: Float32Array) {
  let sum = 0;
  let squares = 0;
  let maximum = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
    maximum = Math.max(maximum, Math.abs(value));
  }
  const mean = sum / values.length;
  const deviation = Math.sqrt(Math.max(0, squares / values.length - mean ** 2));
  return { mean, deviation, norm: Math.sqrt(squares), maximum };
}
