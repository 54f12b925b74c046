import { type Batch, batches, type Dataset } from "@muir/data";
import { createFeed, type TensorBatch } from "./feed.js";

/** One split of one task, read in its natural order for evaluation. */
export interface SplitReader {
  /** All examples once; each batch is valid until the next. A split that fits one batch is uploaded once. */
  pass(): Generator<TensorBatch, void, void>;
  dispose(): void;
}

/** @param size examples a batch; the last batch of a pass may be smaller. */
export function createSplitReader(dataset: Dataset, size: number): SplitReader {
  const feed = createFeed();
  let whole: Batch | null = null;
  return {
    *pass() {
      const cursor = batches(dataset, { size, shuffle: false, partial: "keep" });
      if (size >= dataset.size) {
        whole ??= cursor.next();
        yield feed.tensors(whole);
        return;
      }
      for (let seen = 0; seen < dataset.size; ) {
        const batch = feed.tensors(cursor.next());
        seen += batch.size;
        yield batch;
      }
    },
    dispose: feed.dispose,
  };
}
