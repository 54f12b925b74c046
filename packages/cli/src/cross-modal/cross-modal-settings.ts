import type { TrainingSettings } from "@muir/trainer";
import type { CrossModalConfig } from "./cross-modal-config.js";

/** Rank of the adapters of `adapters`, unless the configuration says another. */
const ADAPTER_RANK = 2;

/**
 * The trainer's settings for a method; all are settings of one loop (Tables 3, 6 and 7 of the paper).
 *
 * `muir` searches; `stl` trains each task's plain network alone. `classical` shares aligned blocks exactly, in the order
 * of the parameters, and `adapters` adds to each location a product of small rank of its own (Rebuffi et al.
 * 2018). `hierarchical` is muir from that alignment; `random` lets chance choose the winners.
 */
export function methodSettings({
  method,
  seed,
  training,
}: CrossModalConfig): Partial<TrainingSettings> {
  const common = { ...training, seed };
  const byOrder = { initialAlignment: "hierarchical" } as const;
  const exactly = {
    ...{ contextSize: 0, moduleDeviation: null, contextLearningRate: null },
    selection: "none",
    ...byOrder,
  } as const;
  switch (method) {
    case "muir":
      return common;
    case "stl":
      return { ...common, sharing: "none", adapterRank: 0 };
    case "classical":
      return { ...common, ...exactly, adapterRank: 0 };
    case "adapters":
      return { ...common, ...exactly, adapterRank: training.adapterRank || ADAPTER_RANK };
    case "hierarchical":
      return { ...common, ...byOrder };
    case "random":
      return { ...common, selection: "random" };
  }
}
