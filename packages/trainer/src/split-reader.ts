import { type Batch, batches, type Dataset } from "@muir/data";
import { createFeed, type TensorBatch } from "./feed.js";

/** One split of one task, read in its natural order for evaluation. */
export interface SplitReader {
  /** Examples of a split. */
  readonly size: number;
  /** All examples once; each batch is valid until the next. */
  pass(): Generator<TensorBatch, void, void>;
  dispose(): void;
}

/** How many bytes of a split are uploaded at once, and so kept where it is that small: 16 MiB. */
const MOST_BYTES = 2 ** 24;

/**
 * A reader of `dataset`. A split that fits one batch is uploaded once and kept; of any other, one batch
 * at a time.
 *
 * @param batchSize examples a batch at most; the last batch of a pass may be smaller. A dataset of
 *   streams is read with as many as there are streams.
 */
export function createSplitReader(dataset: Dataset, batchSize: number): SplitReader {
  const size = dataset.streams ?? Math.min(batchSize, mostExamples(dataset));
  const feed = createFeed();
  let whole: Batch | null = null;
  return {
    size: dataset.size,
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
      feed.dispose();
    },
    dispose: feed.dispose,
  };
}

function mostExamples({ tasks, inputShape, targetShape }: Dataset): number {
  const count = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);
  const bytes = 4 * tasks * (count(inputShape) + count(targetShape));
  return Math.max(1, Math.floor(MOST_BYTES / bytes));
}
