import { kangRegression, type Splits } from "@muir/data";
import { readRegressionFolder } from "@muir/data/node";
import { createRandom } from "@muir/random";
import type { SyntheticConfig } from "../config/synthetic-config.js";

/** The tasks' data and, where they were generated, the group of each task. */
export interface SyntheticData {
  readonly splits: Splits;
  readonly groups: Int32Array | null;
}

/**
 * Generates the benchmark from the run's seed, or reads it from the configured folder.
 *
 * @throws {DataError} naming the file and what is wrong with it.
 */
export async function syntheticData({
  data,
  variant,
  seed,
}: SyntheticConfig): Promise<SyntheticData> {
  const { folder, noiseVariance, ...sizes } = data;
  const noisy = variant === "noisy";
  if (folder !== null) {
    const splits = await readRegressionFolder(folder, { noisy, validation: data.validation });
    return { splits, groups: null };
  }
  const random = createRandom(seed).split("data");
  const { splits, groups } = kangRegression({
    ...sizes,
    noiseVariance: noisy ? noiseVariance : 0,
    random,
  });
  return { splits, groups };
}
