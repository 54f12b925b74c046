import type { TrainingSettings } from "@muir/trainer";
import type { SyntheticConfig } from "../config/synthetic-config.js";
import { UsageError } from "../usage-error.js";

/**
 * The trainer's settings for a method. Every method is a choice of settings in the same loop:
 * `stl` shares nothing, `random` chooses winners at random, `oracle` knows the groups.
 *
 * @param groups the true group of each task, where known.
 * @throws {UsageError} if the oracle is asked for and nobody knows the groups.
 */
export function methodSettings(
  { method, seed, training, data }: SyntheticConfig,
  { inputs, groups }: { inputs: number; groups: Int32Array | null },
): Partial<TrainingSettings> {
  const { batchSize: _, ...shared } = training;
  const common = { ...shared, block: [inputs, 1] as const, seed };
  switch (method) {
    case "muir":
      return common;
    case "stl":
      return { ...common, sharing: "none" };
    case "random":
      return { ...common, selection: "random" };
    case "oracle":
      if (groups === null) {
        throw new UsageError(
          `--method oracle: the tasks' true groups must be known; data from ${data.folder} has none. Use muir, stl or random, or generated data.`,
        );
      }
      return {
        ...common,
        modules: new Set(groups).size,
        selection: "none",
        initialAlignment: "given",
        alignment: [...groups],
      };
  }
}
